// @vitest-environment happy-dom
import { DEFAULT_OPTIONS } from '@wordcloud/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeChoices } from './choices-fixture.ts';
import { rememberedOptions, rememberOptions } from './option-memory.ts';

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
});
