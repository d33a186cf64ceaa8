import { DEFAULT_OPTIONS, FONTS, LANGUAGES, LIMITS, PALETTES, ROTATIONS, SCALINGS, SHAPES } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import {
  cleanStopwords,
  type Offer,
  type OptionStorage,
  rememberedOptions,
  rememberOptions,
  splitWords,
  validOptions,
} from './option-memory.ts';

const CHOICES: Offer = {
  languages: [...LANGUAGES],
  palettes: [...PALETTES],
  shapes: [...SHAPES],
  fonts: [...FONTS],
  rotations: [...ROTATIONS],
  scalings: [...SCALINGS],
  words: ['nouns', 'all'],
  limits: LIMITS,
  defaults: DEFAULT_OPTIONS,
};

function storage(content: Record<string, string> = {}): OptionStorage {
  const items = new Map(Object.entries(content));
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

describe('option memory', () => {
  it('what was chosen – comes back', () => {
    const memory = storage();
    const chosen = { ...DEFAULT_OPTIONS, shape: 'heart', top: 77, background: 'transparent', stopwords: ['chapter'] };
    rememberOptions(chosen as typeof DEFAULT_OPTIONS, memory);
    expect(rememberedOptions(CHOICES, memory)).toEqual(chosen);
  });

  it('nothing, no JSON, another thing – the defaults', () => {
    for (const text of ['', '{', '7', '"x"', 'null', '[]'])
      expect(rememberedOptions(CHOICES, storage({ 'wordcloud-options': text }))).toEqual(DEFAULT_OPTIONS);
    expect(rememberedOptions(CHOICES, storage())).toEqual(DEFAULT_OPTIONS);
    expect(rememberedOptions(CHOICES, undefined)).toEqual(DEFAULT_OPTIONS);
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

  it('a storage that throws – is no storage', () => {
    const broken: OptionStorage = {
      getItem: () => {
        throw new Error('forbidden');
      },
      setItem: () => {
        throw new Error('full');
      },
      removeItem: () => {},
    };
    expect(() => rememberOptions(DEFAULT_OPTIONS, broken)).not.toThrow();
    expect(rememberedOptions(CHOICES, broken)).toEqual(DEFAULT_OPTIONS);
  });

  it('splitWords – at blanks and commas of any script', () => {
    expect(splitWords(' the, of\n和，的、了;x；y ')).toEqual(['the', 'of', '和', '的', '了', 'x', 'y']);
  });
});
