import { type Setting, setting } from '../settings.ts';
import { parseRedisUrl } from './redis-url.ts';

/** The URL of a Redis, or nothing. It may hold a password, so it is never shown. */
export function redisUrl(base: { env: string; description: string }): Setting<string> {
  const allowed = 'a URL like redis://user:password@host:6379/0 (special characters of a password as %40)';
  const parse = (value: string) => {
    try {
      if (value !== '') parseRedisUrl(value);
      return value;
    } catch {
      return undefined;
    }
  };
  return setting({ ...base, default: '' }, allowed, parse, true);
}
