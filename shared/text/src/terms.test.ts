import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWords } from './count-words.ts';
import { createDictionary, cutTerms } from './terms.ts';

const termsOf = (text: string, ...dictionary: string[]) =>
  Array.from(cutTerms(text, createDictionary(dictionary))).flatMap(({ text: term, isTerm }) => (isTerm ? [term] : []));

describe('cutTerms', () => {
  it.each([
    ['machine learning, Machine\n  LEARNING', ['machine learning'], ['machine learning', 'machine learning']],
    ['cat concatenate cats cat', ['cat'], ['cat', 'cat']],
    ['New York City and New York', ['New York', 'New York City'], ['New York City', 'New York']],
    ["New York's parks", ['New York'], ['New York']],
    ['node.js, C++17 and .NET', ['Node.js', 'C++17', '.NET'], ['Node.js', 'C++17', '.NET']],
    ['单四嫂子来了', ['单四嫂子'], ['单四嫂子']],
    ['單四嫂子來了', ['单四嫂子'], ['单四嫂子']],
    ['서울특별시에서', ['서울특별시'], ['서울특별시']],
    ['rock’n’roll', ["rock'n'roll"], ["rock'n'roll"]],
    ['İstanbul bir kent', ['kent'], ['kent']],
    ['anything', ['', '  '], []],
  ])('%s – %j', (text, dictionary, terms) => {
    expect(termsOf(text, ...dictionary)).toEqual(terms);
  });

  it('any text – what is no term stays, in its order', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '天', '-', '\n'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 5 }), (given, dictionary) => {
        const squeeze = (value: string) => value.toLowerCase().replace(/\s+/g, ' ').trim();
        const parts = Array.from(cutTerms(given, createDictionary(dictionary)), (piece) => piece.text).join('');
        expect(squeeze(parts)).toBe(squeeze(given));
      }),
    );
  });
});

describe('dictionary', () => {
  const count = (text: string, dictionary: string[], stopwords: string[] = []) =>
    countWords(text, { lang: 'auto', words: 'nouns', minLength: 2, stopwords, dictionary }).words;

  it('its words – are counted whole, in any language – beside the others', () => {
    const words = count('Deep Blue beat the champion. 蓝色深渊是一部小说。', ['deep blue', '蓝色深渊']);
    expect(words).toContainEqual({ word: 'deep blue', count: 1, pos: 'noun' });
    expect(words).toContainEqual({ word: '蓝色深渊', count: 1, pos: 'noun' });
    expect(words.map(({ word }) => word)).toContain('champion');
  });

  it('what the language would leave out – a stop word, one letter, a plural – is counted as given', () => {
    const words = count('They go to R. The cats saw a cat.', ['Go', 'R', 'cats']);
    expect(words.map(({ word, count }) => [word, count])).toEqual(
      expect.arrayContaining([
        ['Go', 1],
        ['R', 1],
        ['cats', 1],
        ['cat', 1],
      ]),
    );
  });

  it('stop words of the caller – win', () => {
    expect(count('Deep Blue.', ['Deep Blue'], ['deep blue'])).toEqual([]);
  });
});
