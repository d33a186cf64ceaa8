import { describe, expect, it } from 'vitest';
import { createI18n } from 'vue-i18n';
import en from './en/index.ts';
import zh from './zh/index.ts';

type Tree = { [key: string]: string | Tree };

/** All texts with their keys, `area.key`. */
function texts(tree: Tree, path: string[] = []): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[[...path, key].join('.'), value]] : texts(value, [...path, key]),
  );
}

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
const sources = import.meta.glob<string>('../**/*.{vue,ts}', { query: '?raw', import: 'default', eager: true });

describe('messages', () => {
  const english = new Map(texts(en as unknown as Tree));
  const chinese = new Map(texts(zh as unknown as Tree));

  it('both languages – the same keys, each with a text', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('');
  });

  it('both languages – the same placeholders', () => {
    for (const [key, text] of english) expect(placeholders(chinese.get(key)!), key).toEqual(placeholders(text));
  });

  it('every text – can be read by vue-i18n', () => {
    const mistakes: string[] = [];
    for (const [locale, all] of Object.entries({ en, zh })) {
      const { t } = createI18n({ legacy: false, locale, messages: { [locale]: all as never } }).global;
      for (const [key] of english) {
        try {
          t(key, {});
        } catch (error) {
          mistakes.push(`${locale} ${key}: ${String(error)}`);
        }
      }
    }
    expect(mistakes).toEqual([]);
  });

  it('every key in the sources – exists', () => {
    const missing = Object.entries(sources)
      .filter(([path]) => !path.endsWith('.test.ts'))
      .flatMap(([path, source]) =>
        [...source.matchAll(/\bt\(\s*'([\w.]+)'/g)]
          .map(([, key]) => key!)
          .filter((key) => !english.has(key))
          .map((key) => `${path}: ${key}`),
      );
    expect(missing).toEqual([]);
  });
});
