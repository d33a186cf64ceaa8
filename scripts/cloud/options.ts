/** What was asked for on the command line. */
import { parseArgs } from 'node:util';
import type { CloudOptions } from '@wordcloud/cloud';
import { type CountOptions, LANGUAGES, type Language } from '@wordcloud/text';
import { readEngineOptions, readNumber } from './engine-options.ts';
import { misuse } from './errors.ts';
import { FORMATS, type Format, formatOf, isFormat } from './formats.ts';
import { GROUPS, MIN_LENGTH, type Option, range, TOP, WORD_CLASSES } from './option-table.ts';

export interface Settings {
  /** A path, or `-` for standard input; undefined when nothing was said. */
  text: string | undefined;
  frequencies: string | undefined;
  mask: string | undefined;
  outputs: { path: string; format: Format }[];
  words: string | undefined;
  top: number;
  count: Omit<CountOptions, 'stopwords' | 'dictionary'>;
  /** As given: words, or `@` and a file. */
  stopwords: string[];
  dictionary: string[];
  compare: string | undefined;
  title: string | undefined;
  svgText: boolean;
  cloud: Partial<CloudOptions>;
  quiet: boolean;
}

/**
 * @returns `help` or `version` when that is all that is asked for
 * @throws CliError naming what is wrong and what is allowed
 */
export function readArguments(args: readonly string[]): Settings | 'help' | 'version' {
  const { values, positionals } = parse(args);
  if (values.help === true) return 'help';
  if (values.version === true) return 'version';
  if (positionals.length > 1) {
    misuse(
      `One text is wanted, got ${positionals.length}: ${positionals.join(', ')}. Join them: cat a.txt b.txt | … -`,
    );
  }
  const text = (name: string) => values[name] as string | undefined;
  const list = (name: string) => (values[name] ?? []) as string[];
  if (positionals[0] !== undefined && text('frequencies') !== undefined) {
    misuse(`A text (${positionals[0]}) and --frequencies were given; allowed is one of them.`);
  }
  if (text('compare') !== undefined && text('frequencies') !== undefined) {
    misuse('--compare wants two texts, not --frequencies.');
  }
  const cloud = readEngineOptions(values);
  const words = text('words');
  // Who asks for the words only gets no picture.
  const outputs = list('output').length > 0 ? list('output') : words === undefined ? ['cloud.png'] : [];
  const toStandardOutput = [...outputs, words].filter((path) => path === '-').length;
  if (toStandardOutput > 1) misuse('Standard output (-) can take one file only.');
  return {
    text: positionals[0],
    frequencies: text('frequencies'),
    mask: text('mask'),
    outputs: outputs.map((path) => ({ path, format: outputFormat(path, text('format')) })),
    words: words === undefined ? undefined : wordsFile(words),
    top: whole('top', text('top'), TOP),
    count: {
      lang: choice<Language>('lang', text('lang'), LANGUAGES),
      words: choice('count', text('count'), WORD_CLASSES),
      minLength: whole('min-length', text('min-length'), MIN_LENGTH),
      phrases: values.phrases === true,
      numbers: values.numbers === true,
      mergePlurals: values['keep-plurals'] !== true,
    },
    stopwords: list('stopwords'),
    dictionary: list('dictionary'),
    compare: text('compare'),
    title: text('title'),
    svgText: values['svg-text'] === true,
    cloud,
    quiet: values.quiet === true,
  };
}

function parse(args: readonly string[]) {
  const all = GROUPS.flatMap(([, options]) => options);
  const options = Object.fromEntries(
    all.map(({ flag, short, value, multiple = false }) => [
      flag,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple, ...(short && { short }) },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return misuse(parseProblem(error as Error & { code?: string }, all));
  }
}

/** What Node's parser says, shorter where its hints do not fit here. */
function parseProblem({ code, message }: Error & { code?: string }, all: readonly Option[]): string {
  const flag = /--([a-z-]+)/i.exec(message)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const near = all.find((option) => option.flag.slice(0, 3) === flag.slice(0, 3));
    return `There is no option ${/'(.*?)'/.exec(message)?.[1] ?? flag}.${near ? ` Is --${near.flag} meant?` : ''}`;
  }
  if (message.includes('ambiguous')) return `--${flag}: a value that begins with a dash is written --${flag}=-….`;
  if (message.includes('argument missing')) return `--${flag}: its value is missing.`;
  return message.replace(/\.?$/, '.');
}

function outputFormat(path: string, format: string | undefined): Format {
  if (path === '-') return choice('format', format, Object.keys(FORMATS) as Format[], 'png');
  const found = formatOf(path);
  if (!isFormat(found)) {
    const endings = Object.keys(FORMATS).map((name) => `.${name}`);
    misuse(`--output: got ${JSON.stringify(path)}; allowed is a name that ends with ${endings.join(', ')}, or -.`);
  }
  return found;
}

function wordsFile(path: string): string {
  if (path !== '-' && !/\.(csv|tsv|json)$/i.test(path)) {
    misuse(`--words: got ${JSON.stringify(path)}; allowed is a name that ends with .csv, .tsv or .json, or -.`);
  }
  return path;
}

function choice<Value extends string>(
  flag: string,
  given: string | undefined,
  allowed: readonly Value[],
  fallback: Value = allowed[0]!,
): Value {
  const value = given ?? fallback;
  if (!(allowed as readonly string[]).includes(value)) {
    misuse(`--${flag}: got ${JSON.stringify(value)}; allowed is one of ${allowed.join(', ')}.`);
  }
  return value as Value;
}

function whole(flag: string, given: string | undefined, limits: typeof TOP): number {
  if (given === undefined) return limits.fallback;
  const value = readNumber(flag, given, range(limits));
  if (!Number.isInteger(value) || value < limits.least || value > limits.most) {
    misuse(`--${flag}: got ${value}; allowed is ${range(limits)}.`);
  }
  return value;
}
