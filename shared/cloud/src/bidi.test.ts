import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visualRuns } from './bidi.ts';

const parts = (word: string) => visualRuns(word).map(({ text, rightToLeft }) => (rightToLeft ? `<${text}` : text));

describe('visualRuns', () => {
  it.each([
    ['hello-5', ['hello-5']],
    ['كتاب', ['<كتاب']],
    ['كتاب123', ['123', '<كتاب']],
    ['שלום5', ['5', '<שלום']],
    ['ABCمدينة', ['ABC', '<مدينة']],
    ['مدينةABC', ['ABC', '<مدينة']],
    ['5שלום', ['<שלום', '5']],
    ['שלום-עולם', ['<שלום-עולם']],
    ['مُحَمَّد', ['<مُحَمَّد']],
    ['ABشّ', ['AB', '<شّ']],
  ])('%s – stands as %j', (word, expected) => {
    expect(parts(word)).toEqual(expected);
  });

  it('any signs – none is lost or added', () => {
    const words = fc.array(fc.constantFrom('ا', 'ב', 'a', 'Я', '7', '٣', '-', '_', '\u064b', '中', '😀'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(words, (signs) => {
        const seen = visualRuns(signs.join('')).flatMap(({ text }) => Array.from(text));
        expect(seen.toSorted()).toEqual(signs.toSorted());
      }),
    );
  });
});
