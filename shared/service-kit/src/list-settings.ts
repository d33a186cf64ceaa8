/** Settings that take several values, separated by commas. */
import { type Base, type Setting, setting } from './settings.ts';

/** Some of a few words, separated by commas; each counts once. */
export function choices<const Values extends readonly string[]>(
  base: Omit<Base<string>, 'default'> & { values: Values; default: string },
): Setting<readonly Values[number][]> {
  const allowed = `one or several of ${base.values.join(', ')}, separated by commas`;
  return {
    ...setting(base, allowed, String),
    parse: parseAll((word) => base.values.find((known) => known === word), 1),
  };
}

/** Texts separated by commas. */
export function list(base: Base<string>): Setting<readonly string[]> {
  return { ...setting(base, 'texts separated by commas', String), parse: parseAll((word) => word, 0) };
}

/** Secret keys of 16, 24 or 32 bytes in base64, separated by commas. */
export function keys(base: { env: string; description: string }): Setting<readonly Buffer[]> {
  const allowed = 'base64 of 16, 24 or 32 bytes; several separated by commas';
  const parse = parseAll((word) => {
    const bytes = Buffer.from(word, 'base64');
    return [16, 24, 32].includes(bytes.length) && bytes.toString('base64') === word ? bytes : undefined;
  }, 0);
  return { ...setting({ ...base, default: '' }, allowed, String, true), parse };
}

/** Words separated by commas, without spaces around them and without repetition. */
function parseAll<T>(
  parse: (word: string) => T | undefined,
  least: number,
): (text: string) => readonly T[] | undefined {
  return (value) => {
    const words = new Set(value.split(',').map((word) => word.trim()));
    words.delete('');
    const values = [...words].map(parse);
    return values.includes(undefined) || values.length < least ? undefined : (values as T[]);
  };
}

/** Base URLs `http://host:port`, separated by commas; a path may follow. */
export function baseUrls(base: Base<string>): Setting<readonly string[]> {
  const parse = parseAll((word) => {
    const url = URL.canParse(word) ? new URL(word) : undefined;
    return url && /^https?:$/.test(url.protocol) && url.search + url.hash === '' ? word.replace(/\/+$/, '') : undefined;
  }, 1);
  return { ...setting(base, 'an address like http://127.0.0.1:6061; several separated by commas', String), parse };
}
