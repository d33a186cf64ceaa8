/**
 * Settings from the environment. A service names its settings once; the type of its configuration, the messages about
 * wrong values and the redacted configuration page all come from there.
 */

/** One setting: an environment variable and what it may be. */
export interface Setting<T> {
  readonly env: string;
  readonly description: string;
  /** Never shown, neither in messages nor on the configuration page. */
  readonly secret: boolean;
  /** Text that stands for the default; undefined when the setting must be given. */
  readonly fallback: string | undefined;
  /** What is allowed, as the end of a sentence: "a whole number from 1 to 10". */
  readonly allowed: string;
  /** Returns undefined when the text is not allowed. */
  parse(text: string): T | undefined;
}

export interface Base<T> {
  env: string;
  description: string;
  /** Left out: the setting must be given. */
  default?: T;
}

/** A setting with a default that is written as its value. */
export function setting<T>(
  base: Base<T>,
  allowed: string,
  parse: (text: string) => T | undefined,
  secret = false,
): Setting<T> {
  const fallback = base.default === undefined ? undefined : String(base.default);
  return { env: base.env, description: base.description, secret, fallback, allowed, parse };
}

/** Free text. */
export function text(base: Base<string> & { minLength?: number }): Setting<string> {
  const { minLength = 0 } = base;
  const allowed = minLength > 0 ? `a text of at least ${minLength} characters` : 'a text';
  return setting(base, allowed, (value) => (value.length >= minLength ? value : undefined));
}

/** A text that is never shown. It has no default, so that no known secret works anywhere. */
export function secret(base: {
  env: string;
  description: string;
  minLength: number;
  optional?: boolean;
}): Setting<string> {
  const allowed = `a secret of at least ${base.minLength} characters`;
  const parse = (value: string) =>
    value.length >= base.minLength || (base.optional && value === '') ? value : undefined;
  return setting({ ...base, ...(base.optional && { default: '' }) }, allowed, parse, true);
}

/** A whole number in a range. */
export function integer(base: Base<number> & { minimum: number; maximum: number }): Setting<number> {
  const { minimum, maximum } = base;
  return setting(base, `a whole number from ${minimum} to ${maximum}`, (value) => {
    const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
    return number >= minimum && number <= maximum ? number : undefined;
  });
}

/** A share of the whole. */
export function ratio(base: Base<number>): Setting<number> {
  return setting(base, 'a number from 0 to 1', (value) => {
    const number = /^\d*\.?\d+$/.test(value) ? Number(value) : Number.NaN;
    return number <= 1 ? number : undefined;
  });
}

/** `true` or `false`. */
export function flag(base: Base<boolean>): Setting<boolean> {
  return setting(base, 'true or false', (value) => ({ true: true, false: false })[value.toLowerCase()]);
}

/** One of a few words. */
export function choice<const Values extends readonly string[]>(
  base: Base<Values[number]> & { values: Values },
): Setting<Values[number]> {
  return setting(base, `one of ${base.values.join(', ')}`, (value) => base.values.find((known) => known === value));
}

/** A path like `/seg`, or empty. */
export function rootPath(base: Base<string>): Setting<string> {
  const parse = (value: string) => (/^(?:\/[\w.~-]+)*$/.test(value) ? value : undefined);
  return setting(base, 'a path like /seg, without a slash at the end', parse);
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * A time span as go-doudou writes it: `15s`, `500ms`, `1m`; a bare number is seconds. The value is milliseconds.
 */
export function duration(base: Base<string> & { minimumMs: number; maximumMs: number }): Setting<number> {
  const { minimumMs, maximumMs } = base;
  const allowed = `a time span from ${minimumMs}ms to ${maximumMs}ms, like 15s, 500ms or 1m`;
  const parse = (value: string) => {
    const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(value) ?? [];
    const ms = Number(amount) * UNITS[unit]!;
    return ms >= minimumMs && ms <= maximumMs ? ms : undefined;
  };
  return { env: base.env, description: base.description, secret: false, fallback: base.default, allowed, parse };
}
