// @vitest-environment happy-dom
import { DEFAULT_OPTIONS } from '@wordcloud/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeChoices } from './choices-fixture.ts';
import { cleanStopwords, rememberedOptions, rememberOptions, splitWords, validOptions } from './option-memory.ts';

const CHOICES = makeChoices();

beforeEach(() => localStorage.clear());

describe('option memory', () => {
  it('what was chosen – comes back', () => {
    const chosen = { ...DEFAULT_OPTIONS, shape: 'heart', top: 77, background: 'transparent', stopwords: ['chapter'] };
    rememberOptions(chosen as typeof DEFAULT_OPTIONS);
    expect(rememberedOptions(CHOICES)).toEqual(chosen);
  });

  it('nothing, no JSON, another thing – the defaults', () => {
    expect(rememberedOptions(CHOICES)).toEqual(DEFAULT_OPTIONS);
    for (const text of ['', '{', '7', '"x"', 'null', '[]']) {
      localStorage.setItem('wordcloud-options', text);
      expect(rememberedOptions(CHOICES)).toEqual(DEFAULT_OPTIONS);
    }
  });

  it('a value that is not offered any more – only that one falls back', () => {
    const options = validOptions({ shape: 'dodecahedron', palette: 'ocean', top: 0, width: 4097, seed: 1.5 }, CHOICES);
    expect(options).toEqual({ ...DEFAULT_OPTIONS, palette: 'ocean' });
  });

  it('colours – only what a server takes', () => {
    for (const background of ['red', '#fff', '#12345g', 5, 'url(x)'])
      expect(validOptions({ background }, CHOICES).background).toBe(DEFAULT_OPTIONS.background);
    expect(validOptions({ background: '#102030' }, CHOICES).background).toBe('#102030');
  });

  it('stop words – texts only, each once, not too long', () => {
    expect(cleanStopwords([' sea ', 'sea', '', 5, null, 'x'.repeat(65), 'ship'], CHOICES)).toEqual(['sea', 'ship']);
    expect(cleanStopwords(Array.from(Array(1500).keys(), String), CHOICES)).toHaveLength(1000);
  });

  it('splitWords – at blanks and commas of any script', () => {
    expect(splitWords(' the, of\n和，的、了;x；y ')).toEqual(['the', 'of', '和', '的', '了', 'x', 'y']);
  });
});
