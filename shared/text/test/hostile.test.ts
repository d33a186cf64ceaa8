import { describe, expect, it } from 'vitest';
import { type CountedWord, countWords, extractText, UnreadableFileError } from '../src/index.ts';
import { growthOf, MOST_GROWTH } from './growth.ts';
import { HOSTILE_FILES } from './hostile-files.ts';
import { ALL_ON, HOSTILE_TEXTS } from './hostile-texts.ts';

const MEBIBYTE = 1024 * 1024;

function expectWords(words: readonly CountedWord[]): void {
  for (const { word, count } of words) {
    if (word === '' || count < 1 || word.trim() !== word) expect.fail(`${JSON.stringify(word)}: ${count}`);
  }
}

describe('hostile texts', () => {
  it.each(HOSTILE_TEXTS)(
    '%s – four times the text – takes no more than a few times as long; words are words',
    async (_name, make) => {
      const growth = await growthOf((bytes) => expectWords(countWords(make(bytes), ALL_ON).words));
      expect(growth).toBeLessThan(MOST_GROWTH);
    },
  );

  it('a mebibyte of all of them in turn – ends, with words that are words', () => {
    const share = MEBIBYTE / HOSTILE_TEXTS.length;
    const started = performance.now();
    expectWords(countWords(HOSTILE_TEXTS.map(([, make]) => make(share)).join('\n'), ALL_ON).words);
    // Far above what it takes; far below what anything quadratic would.
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('hostile files', () => {
  it.each(HOSTILE_FILES)(
    '%s – four times the file – takes no more than a few times as long',
    async (_name, filename, make) => {
      const read = (bytes: number) =>
        extractText(make(bytes), { filename }).catch((error: unknown) =>
          expect(error).toBeInstanceOf(UnreadableFileError),
        );
      expect(await growthOf(read)).toBeLessThan(MOST_GROWTH);
    },
  );
});
