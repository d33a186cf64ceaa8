import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './languages.ts';
import { fold, stopWords } from './stop-words.ts';

describe('stopWords', () => {
  it.each(LANGUAGES.filter((language) => language !== 'auto'))('%s – has a list, folded', (language) => {
    const words = stopWords(language);
    expect(words.size).toBeGreaterThan(50);
    for (const word of words) expect(word).toBe(fold(word));
  });

  it('English – has ours, which leaves words that mean something', () => {
    expect(stopWords('en').has('the')).toBe(true);
    expect(stopWords('en').has('world')).toBe(false);
  });

  it('a language without a list – has no stop words', () => {
    expect(stopWords('und').size).toBe(0);
  });
});
