/** Where a Redis is: what to connect with, and what may be said about it. */
export interface RedisAddress {
  host: string;
  port: number;
  db: number;
  isTls: boolean;
  /** Empty: the default user. */
  username: string;
  /** Empty: none. */
  password: string;
}

/**
 * Reads `redis://user:password@host:6379/0` (`rediss://` for TLS; all but the host may be left out). Nothing else is taken: of a password
 * that is not escaped a part could pass for a host or a path, and come to be logged.
 *
 * @throws Error that does not show the URL
 */
export function parseRedisUrl(url: string): RedisAddress {
  try {
    const { protocol, hostname, port, pathname, username, password, search, hash } = new URL(url);
    const [, db] = /^\/?(\d*)$/.exec(pathname) ?? [];
    if (/^rediss?:$/.test(protocol) && hostname !== '' && db !== undefined && search + hash === '') {
      return {
        host: hostname.replace(/^\[|\]$/g, ''),
        port: Number(port || 6379),
        db: Number(db),
        isTls: protocol === 'rediss:',
        username: decodeURIComponent(username),
        password: decodeURIComponent(password),
      };
    }
  } catch {
    // The errors of both parsers quote what they were given.
  }
  throw new Error(
    'The URL of Redis is not like redis://user:password@host:6379/0 (special characters of a password as %40).',
  );
}
