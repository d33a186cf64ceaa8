/**
 * `npm run cloud -- text.txt -o cloud.png`: a word cloud from the command line, without any service. `--help` says all.
 */
import { readFileSync } from 'node:fs';
import { type Cloud, CloudError, makeCloud } from '@wordcloud/cloud';
import { CliError, misuse } from './errors.ts';
import { encode, FORMATS } from './formats.ts';
import { help } from './help.ts';
import { readBytes } from './input.ts';
import { readArguments, type Settings } from './options.ts';
import { createProgress, paint, summary, write } from './output.ts';
import { readSource, type Source } from './source.ts';

/** Who reads has had enough: no reason to complain. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`Standard output cannot be written: ${error.message}\n`);
  process.exit(1);
});

const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

async function main(): Promise<void> {
  const settings = readArguments(process.argv.slice(2));
  if (settings === 'help') return write('-', help(Math.min(process.stdout.columns ?? 100, 110)));
  if (settings === 'version') return write('-', `${version()}\n`);
  await make(settings);
}

async function make(settings: Settings): Promise<void> {
  const { outputs, quiet } = settings;
  if (process.stdout.isTTY && outputs.some(({ path, format }) => path === '-' && FORMATS[format].isBinary)) {
    misuse('A terminal cannot show a picture: send standard output to a file or a program, or give -o a name.');
  }
  const started = performance.now();
  const progress = createProgress(quiet);
  progress.show('reading', 0);
  try {
    const source = await readSource(settings);
    if (settings.words !== undefined) await write(settings.words, source.format(settings.words));
    if (outputs.length === 0) return;
    const cloud = await draw(settings, source, progress.show);
    const naming = { title: settings.title ?? source.title ?? 'Word cloud', hasText: settings.svgText };
    for (const { path, format } of outputs) await write(path, await encode(cloud, format, naming));
    progress.clear();
    const names = outputs.map(({ path }) => path);
    const lines = [...summary(cloud, names, performance.now() - started), ...(source.legend ? [source.legend] : [])];
    if (!quiet) process.stderr.write(`${lines.join('\n')}\n`);
  } finally {
    progress.clear();
  }
}

async function draw(
  { top, mask, cloud: options }: Settings,
  { words }: Source,
  onStage: (stage: string, percent: number) => void,
): Promise<Cloud> {
  const image = mask === undefined ? undefined : await readBytes(mask, 'The mask');
  return makeCloud(words.slice(0, top), options, { onStage, ...(image && { mask: image }) });
}

try {
  await main();
} catch (error) {
  const isKnown = error instanceof CliError || error instanceof CloudError;
  const text = isKnown ? error.message : ((error as Error).stack ?? String(error));
  const hint = error instanceof CliError && error.exitCode === 2 ? '\nnpm run cloud -- --help shows all options.' : '';
  process.stderr.write(`${paint('red', 'error', process.stderr)}: ${text}${hint}\n`);
  process.exitCode = error instanceof CliError ? error.exitCode : 1;
}
