import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTagger } from './english-tagger.ts';

const require = createRequire(import.meta.url);
const library = (require('wink-pos-tagger') as () => { tagRawTokens(tokens: string[]): { pos: string }[] })();
const lexicon = Object.keys(require('wink-lexicon/src/lexicon.js') as object);
const ours = createTagger();
const theirs = (tokens: readonly string[]) => library.tagRawTokens([...tokens]).map(({ pos }) => pos);

const SAMPLES = new URL('../../../docs/samples/', import.meta.url);
const sentences = readdirSync(SAMPLES)
  .flatMap((name) => readFileSync(new URL(name, SAMPLES), 'utf8').split(/(?<=[.!?])\s+/))
  .map((sentence) => sentence.match(/[A-Za-z’']+|\d+\S*|[^\sA-Za-z]/g) ?? []);

describe('createTagger', () => {
  it('the sample texts – get the same tags as from wink-pos-tagger', () => {
    expect(sentences.flat().length).toBeGreaterThan(500);
    for (const tokens of sentences) expect(ours.tag(tokens)).toEqual(theirs(tokens));
  });

  it('any words in any order – get the same tags as from wink-pos-tagger', () => {
    const known = fc.constantFrom(...lexicon);
    const capital = known.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
    const common = fc.constantFrom(
      'the',
      'to',
      'that',
      'as',
      'is',
      'n’t',
      "n't",
      "'s",
      'like',
      'while',
      'I',
      'her',
      'more',
    );
    const odd = fc.constantFrom(
      '1990s',
      'mid-1920s',
      '3/4',
      '1,000',
      '&',
      '…',
      '"',
      'U.S.',
      'Xyzzy',
      'unxyzzy',
      'AI',
      'Ca',
    );
    const sentence = fc.array(fc.oneof(known, capital, common, odd, fc.string({ minLength: 1, maxLength: 8 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(sentence, (tokens) => {
        expect(ours.tag(tokens)).toEqual(theirs(tokens));
      }),
      { numRuns: 500 },
    );
  });

  it('more different words than are remembered – still get their tags', () => {
    for (let i = 0; i < 60_000; i += 100) ours.tag(Array.from({ length: 100 }, (_, k) => `w${i + k}x`));
    expect(ours.tag(['The', 'old', 'ship', 'sails', '.'])).toEqual(theirs(['The', 'old', 'ship', 'sails', '.']));
  });
});
