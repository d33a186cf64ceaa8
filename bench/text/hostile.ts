/**
 * How long a mebibyte of each hostile text takes, the slowest first:
 *
 *   node bench/text/hostile.ts
 *
 * Prints the median of three rounds in milliseconds, as the service counts and with everything on. Ends with 1 where one takes
 * more than a second.
 */
import { type CountOptions, countWords, warmUp } from '@wordcloud/text';
import { HOSTILE_TEXTS } from '../../shared/text/test/hostile-texts.ts';

const MEBIBYTE = 1024 * 1024;
const ROUNDS = 3;
const LIMIT = 1000;

const PLAIN: CountOptions = { lang: 'auto', words: 'nouns', minLength: 2, stopwords: [] };
const ALL: CountOptions = {
  ...PLAIN,
  words: 'all',
  minLength: 1,
  phrases: true,
  numbers: true,
  dictionary: ['new york'],
};

function median(work: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[ROUNDS >> 1]!;
}

warmUp();
const rows = HOSTILE_TEXTS.map(([name, make]) => {
  const text = make(MEBIBYTE);
  return { name, plain: median(() => countWords(text, PLAIN)), all: median(() => countWords(text, ALL)) };
});
rows.sort((a, b) => b.all - a.all);
console.log(`${'1 MiB of'.padEnd(48)}${'nouns'.padStart(8)}${'all on'.padStart(8)}  ms`);
for (const { name, plain, all } of rows) {
  console.log(`${name.padEnd(48)}${plain.toFixed(0).padStart(8)}${all.toFixed(0).padStart(8)}`);
}
const slow = rows.filter(({ plain, all }) => Math.max(plain, all) > LIMIT);
if (slow.length > 0) {
  console.error(`More than ${LIMIT} ms: ${slow.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}
