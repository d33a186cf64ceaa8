/** Names of what the server offers, in the language of the page; what this page does not know keeps the server's word. */

/** What is needed of `useI18n()`. */
export interface Names {
  t(key: string): string;
  te(key: string): boolean;
}

/** @param group a key under which the names are, as `create.shape` */
export function nameOf({ t, te }: Names, group: string, value: string): string {
  const key = `${group}.${value}`;
  return te(key) ? t(key) : value;
}

/** What a picker wants: each value with its name. */
export const named = (names: Names, group: string, values: readonly string[]) =>
  values.map((value) => ({ value, label: nameOf(names, group, value) }));

/** A language by its name in the language of the page; its tag where the browser knows none. */
export function languageName(locale: string, tag: string): string {
  try {
    const name = new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  } catch {
    return tag;
  }
}
