/** The help: made from the table of options, so that it says what is true. */
import { FORMATS as READS } from '@wordcloud/text';
import { FORMATS } from './formats.ts';
import { GROUPS, type Option } from './option-table.ts';
import { paint } from './output.ts';

const EXAMPLES: readonly (readonly [command: string, what: string])[] = [
  ['npm run cloud -- notes.txt -o cloud.png', 'the 200 most frequent nouns and names'],
  ['npm run cloud -- notes.txt -o cloud.svg --shape heart --palette sunset --top 80', ''],
  ['npm run cloud -- notes.txt -o night.png --background "#10131c" --palette neon', ''],
  ['npm run cloud -- notes.txt -o whale.png --mask whale.png --count all', 'in the form of a picture'],
  ['npm run cloud -- mine.docx --compare yours.pdf -o both.html', 'two texts in one cloud'],
  ['npm run cloud -- notes.txt --words words.csv', 'only counts; edit the file, then:'],
  ['npm run cloud -- --frequencies words.csv -o cloud.png -o cloud.svg', ''],
  ['curl -s https://example.org/ | npm run -s cloud -- - -o - > cloud.png', 'in a pipe; -s keeps npm silent'],
];

const INDENT = 30;

/** @param width columns to keep within */
export function help(width: number): string {
  const bold = (text: string) => paint('bold', text, process.stdout);
  const dim = (text: string) => paint('dim', text, process.stdout);
  const usage = [
    'Makes a word cloud of a text in any language.',
    `Reads ${READS.map((name) => `.${name}`).join(', ')}; writes ${Object.keys(FORMATS)
      .map((name) => `.${name}`)
      .join(', ')}.`,
    '',
    `${bold('Usage')}  npm run cloud -- [TEXT] [options]      TEXT: a file, or - for standard input`,
  ];
  const examples = EXAMPLES.flatMap(([command, what]) => [...(what ? [`  ${dim(`# ${what}`)}`] : []), `  ${command}`]);
  const groups = GROUPS.flatMap(([title, options]) => [
    '',
    bold(title),
    ...options.flatMap((option) => describe(option, width, dim)),
  ]);
  const exits = ['', `${bold('Exit code')}  0 made; 1 it cannot be made; 2 the command line is not understood`];
  return `${[...usage, '', bold('Examples'), ...examples, ...groups, ...exits].join('\n')}\n`;
}

function describe(option: Option, width: number, dim: (text: string) => string): string[] {
  const { flag, short, value, about, allowed, fallback } = option;
  const head = `  ${short ? `-${short}, ` : '    '}--${flag}${value ? ` ${value}` : ''}`;
  const details = [allowed, fallback && `default ${fallback}`].filter(Boolean).join('; ');
  const lines = [...wrap(about, width - INDENT), ...wrap(details, width - INDENT).map(dim)];
  const [first = '', ...rest] = lines;
  const indent = ' '.repeat(INDENT);
  const isLong = head.length > INDENT - 2;
  return [...(isLong ? [head, indent + first] : [head.padEnd(INDENT) + first]), ...rest.map((line) => indent + line)];
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
