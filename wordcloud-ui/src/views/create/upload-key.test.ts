import { DEFAULT_OPTIONS } from '@wordcloud/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { reactive } from 'vue';
import { forgetKey, keyOf } from './upload-key.ts';

const upload = (change = {}) => ({
  text: 'tea and milk',
  file: null,
  mask: null,
  compareText: '',
  compareFile: null,
  title: 'tea',
  options: { ...DEFAULT_OPTIONS, stopwords: ['and'] },
  ...change,
});

beforeEach(forgetKey);

describe('key of an upload', () => {
  it('the same draft – the same key, which the server takes', () => {
    const key = keyOf(upload());
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(keyOf(upload())).toBe(key);
  });

  it.each([
    { text: 'tea and sugar' },
    { file: new File(['tea'], 'tea.txt') },
    { mask: new File(['x'], 'mask.png') },
    { compareText: 'coffee' },
    { compareFile: new File(['coffee'], 'coffee.txt') },
    { title: 'milk' },
    { options: { ...DEFAULT_OPTIONS, stopwords: ['and'], seed: 2 } },
    { options: { ...DEFAULT_OPTIONS, stopwords: ['and', 'tea'] } },
  ])('a draft that was changed – another one: %j', (change) => {
    const key = keyOf(upload());
    expect(keyOf(upload(change))).not.toBe(key);
  });

  it('options changed in place – are a change, too', () => {
    const draft = reactive(upload());
    const key = keyOf(draft);
    draft.options.stopwords.push('tea');
    expect(keyOf(draft)).not.toBe(key);
  });

  it('answered – the same draft is a new cloud', () => {
    const key = keyOf(upload());
    forgetKey();
    expect(keyOf(upload())).not.toBe(key);
  });
});
