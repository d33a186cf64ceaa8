import { describe, expect, it } from 'vitest';
import { countWords } from '../src/index.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';

const MEBIBYTE = 1024 * 1024;
const SMALL = 48 * 1024;
/** Linear is 4, quadratic 16; below so many milliseconds a clock says nothing. */
const MOST_GROWTH = 9;
const LEAST_TIME = 40;

/** Long words that begin alike are a dictionary's worst case. */
const DICTIONARY = ['new york', 'a'.repeat(64), `${'天气'.repeat(20)}好`, `${'big cat '.repeat(7)}dog`];

const count = (text: string) =>
  countWords(text, {
    lang: 'auto',
    words: 'all',
    minLength: 1,
    stopwords: [],
    phrases: true,
    numbers: true,
    dictionary: DICTIONARY,
  });

function timeOf(text: string): number {
  const started = performance.now();
  count(text);
  return performance.now() - started;
}

describe('hostile texts', () => {
  it.each(HOSTILE_TEXTS)('%s – four times the text – takes no more than a few times as long', (_name, make) => {
    const [small, large] = [make(SMALL), make(4 * SMALL)];
    let least = Number.POSITIVE_INFINITY;
    // The machine may be busy with something else now and then, but not always.
    for (let attempt = 0; attempt < 5 && least > MOST_GROWTH; attempt++) {
      const before = Math.max(timeOf(small), LEAST_TIME / 4);
      least = Math.min(least, timeOf(large) / before);
    }
    expect(least).toBeLessThan(MOST_GROWTH);
  });

  it.each(HOSTILE_TEXTS)('a mebibyte of %s – ends, with words that are words', (_name, make) => {
    const started = performance.now();
    const { words } = count(make(MEBIBYTE));
    // Far above what it takes; far below what anything quadratic would.
    expect(performance.now() - started).toBeLessThan(10_000);
    for (const { word, count } of words) {
      if (word === '' || count < 1 || word.trim() !== word) expect.fail(`${JSON.stringify(word)}: ${count}`);
    }
  });
});
