/** The texts of the page, so that tests look for what people read, in either language. */
import en from '../src/i18n/en/index.ts';
import type { Locale } from '../src/i18n/index.ts';
import zh from '../src/i18n/zh/index.ts';

export type Say = (key: string, values?: Record<string, string | number>) => string;

/** @returns the text of a key, such as `clouds.title`, its places filled in; of several forms the last, that of many */
export function sayIn(locale: Locale): Say {
  const messages: unknown = locale === 'zh' ? zh : en;
  return (key, values = {}) => {
    const text = key.split('.').reduce((at, part) => (at as Record<string, unknown> | undefined)?.[part], messages);
    if (typeof text !== 'string') throw new Error(`There is no text ${key} in ${locale}.`);
    const form = text.split(' | ').at(-1)!;
    return form.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  };
}
