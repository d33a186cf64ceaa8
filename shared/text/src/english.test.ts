import { describe, expect, it } from 'vitest';
import { countWords } from './count-words.ts';

const count = (text: string, words: 'nouns' | 'all' = 'nouns') =>
  countWords(text, { lang: 'auto', words, minLength: 2, stopwords: [] });
const wordsOf = (text: string, words?: 'nouns' | 'all') => count(text, words).words.map(({ word }) => word);

describe('English', () => {
  it("cut-off auxiliaries – can't, won't, shan't, ain't – leave no stump, and count as one word each", () => {
    for (const apostrophe of ["'", '’']) {
      const text = `It can${apostrophe}t, won${apostrophe}t, shan${apostrophe}t, AIN${apostrophe}T be.`;
      expect(count(text, 'all')).toMatchObject({ tokens: 6, words: [] });
    }
  });

  it('Mr., Mrs. and Dr. – titles are out, names stay', () => {
    expect(wordsOf('Mr. Darcy met Mrs. Bennet.')).toEqual(['Bennet', 'Darcy']);
  });

  it('possessives – singular and plural – count for their word', () => {
    expect(wordsOf("The captain's tea. The sailors' tea. James's book.")).toEqual(
      expect.arrayContaining(['captain', 'sailors', 'James']),
    );
  });

  it('acronyms – by themselves and in a sentence – are nouns', () => {
    expect(wordsOf('AI GPU CPU')).toEqual(['AI', 'CPU', 'GPU']);
    expect(wordsOf('They say AI will help in COVID-19 and 5G.')).toEqual(['5G', 'AI', 'COVID-19']);
  });

  it('a headline in capitals – counts with the same words in small letters', () => {
    const { words } = count('THE CONSTITUTION OF OUR COUNTRY BEGINS. The constitution is a law.');
    expect(words[0]).toEqual({ word: 'constitution', count: 2, pos: 'noun' });
  });

  it('March and march – one word, as it is written most', () => {
    expect(wordsOf('In March they left. We like March, and we march in March.', 'all')).toContain('March');
  });

  it('stop words joined by hyphens – are still stop words', () => {
    expect(wordsOf('So-so and well-to-do, but up-to-date.', 'all')).toEqual(['up-to-date']);
  });

  it('names of properties that every object has – are words like others', () => {
    for (const word of ['constructor', '__proto__', 'hasOwnProperty', 'toString', 'valueOf']) {
      const name = word.replaceAll('_', '');
      expect(count(`The ${name} is here. A ${name}.`, 'all').words[0]).toMatchObject({ word: name, count: 2 });
    }
  });

  it('a sentence with words that Dutch has, too – is English', () => {
    expect(count("Barack Obama met Angela Merkel. Merkel's answer was short.").lang).toBe('en');
  });
});
