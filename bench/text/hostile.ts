/**
 * How long a mebibyte of each hostile text and file takes, the slowest first:
 *
 *   node bench/text/hostile.ts
 *
 * Prints the median of three rounds in milliseconds: texts as the service counts them and with everything on (with a dictionary
 * of 1,000 words), files as they are read. Ends with 1 where one takes more than a second.
 */
import { type CountOptions, countWords, extractText, warmUp } from '@wordcloud/text';
import { HOSTILE_FILES } from '../../shared/text/test/hostile-files.ts';
import { ALL_ON, HOSTILE_TEXTS } from '../../shared/text/test/hostile-texts.ts';

const MEBIBYTE = 1024 * 1024;
const ROUNDS = 3;
const LIMIT = 1000;

const PLAIN: CountOptions = { lang: 'auto', words: 'nouns', minLength: 2, stopwords: [] };

async function median(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1]!;
}

interface Row {
  name: string;
  times: number[];
}

function print(title: string, columns: string[], rows: Row[]): void {
  console.log(title.padEnd(48) + columns.map((column) => column.padStart(8)).join(''));
  for (const { name, times } of rows.sort((a, b) => Math.max(...b.times) - Math.max(...a.times))) {
    console.log(name.padEnd(48) + times.map((ms) => ms.toFixed(0).padStart(8)).join(''));
  }
}

warmUp();
const texts: Row[] = [];
for (const [name, make] of HOSTILE_TEXTS) {
  const text = make(MEBIBYTE);
  const times = [await median(() => countWords(text, PLAIN)), await median(() => countWords(text, ALL_ON))];
  texts.push({ name, times });
}
print('1 MiB of text, ms', ['nouns', 'all on'], texts);

const files: Row[] = [];
for (const [name, filename, make] of HOSTILE_FILES) {
  const bytes = make(MEBIBYTE);
  // A refusal is an answer, too.
  files.push({ name, times: [await median(() => extractText(bytes, { filename }).catch(() => undefined))] });
}
print('\n1 MiB in a file, ms', ['read'], files);

const slow = [...texts, ...files].filter(({ times }) => Math.max(...times) > LIMIT);
if (slow.length > 0) {
  console.error(`More than ${LIMIT} ms: ${slow.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}
