import { describe, expect, it } from 'vitest';
import { countWords } from './count-words.ts';
import { singularsOf } from './english-plurals.ts';

describe('singularsOf', () => {
  it.each([
    ['cats', 'cat'],
    ['boxes', 'box'],
    ['cities', 'city'],
    ['movies', 'movie'],
    ['days', 'day'],
    ['houses', 'house'],
    ['analyses', 'analysis'],
    ['potatoes', 'potato'],
    ['shoes', 'shoe'],
    ['wolves', 'wolf'],
    ['wives', 'wife'],
    ['leaves', 'leaf'],
    ['gloves', 'glove'],
    ['slaves', 'slave'],
    ['children', 'child'],
    ['policemen', 'policeman'],
    ['ideas', 'idea'],
    ['word clouds', 'word cloud'],
    ['passers-by', undefined],
    ['bus', undefined],
    ['glass', undefined],
    ['news', undefined],
    ['analysis', undefined],
    ['is', undefined],
    ['茶馆', undefined],
  ])('%s – %s', (plural, singular) => {
    if (singular === undefined) expect(singularsOf(plural)).toEqual([]);
    else expect(singularsOf(plural)).toContain(singular);
  });
});

describe('plurals', () => {
  const count = (text: string, mergePlurals?: boolean) =>
    countWords(text, {
      lang: 'en',
      words: 'nouns',
      minLength: 2,
      stopwords: [],
      ...(mergePlurals === false && { mergePlurals }),
    }).words.map(({ word, count }) => `${word} ${count}`);

  it('of a word that the text has – count for it, in the form that is used more', () => {
    expect(count('The dogs and a cat saw dogs, a dog and the cats.')).toEqual(['dogs 3', 'cat 2']);
  });

  it('of a word that the text lacks, or of another meaning – stay', () => {
    expect(count('The boss heard the news with her glasses and a glass.')).toEqual([
      'boss 1',
      'glass 1',
      'glasses 1',
      'news 1',
    ]);
  });

  it('of a name – are another name', () => {
    expect(count('We saw Adam and Adams.')).toEqual(['Adam 1', 'Adams 1']);
  });

  it('not wanted – stay', () => {
    expect(count('The dogs saw a dog.', false)).toEqual(['dog 1', 'dogs 1']);
  });
});
