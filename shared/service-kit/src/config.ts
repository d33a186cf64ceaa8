/** Reads all settings of a service at once, so that a person sees every mistake in one go. */
import type { Setting } from './settings.ts';

export type Settings = Record<string, Setting<unknown>>;

export type Config<S extends Settings> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

/** A setting is missing or wrong. The message has one line for each, ready to be printed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * @param env usually `process.env`; an empty variable counts as not set
 * @throws ConfigError naming each wrong setting, its value (unless secret) and what is allowed
 *
 * @example
 * const config = loadConfig({ port: integer({ env: 'GDD_PORT', default: 6061, minimum: 0, maximum: 65535, description }) }, process.env);
 */
export function loadConfig<S extends Settings>(settings: S, env: Record<string, string | undefined>): Config<S> {
  const mistakes: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings)) {
    const given = env[setting.env] || undefined;
    const text = given ?? setting.fallback;
    if (text === undefined) {
      mistakes.push(`${setting.env} must be set: ${setting.allowed} (${setting.description}).`);
      continue;
    }
    const value = setting.parse(text);
    if (value === undefined) {
      const shown = setting.secret ? 'its value' : JSON.stringify(text);
      mistakes.push(`${setting.env}: ${shown} is not allowed; give ${setting.allowed} (${setting.description}).`);
    }
    values[name] = value;
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes.join('\n'));
  return Object.freeze(values) as Config<S>;
}

/** The configuration as people may see it: by variable name, secrets replaced. */
export function describeConfig<S extends Settings>(settings: S, config: Config<S>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => {
      const value = config[name];
      return [setting.env, setting.secret && String(value) !== '' ? '[redacted]' : value];
    }),
  );
}
