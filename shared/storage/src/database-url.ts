/** Reads the URL of a database. It may hold a password, so no message quotes it. */
import { StorageUnavailableError } from './errors.ts';

export type DatabaseAddress =
  | { kind: 'sqlite'; path: string; name: string }
  | {
      kind: 'mysql';
      url: URL;
      /** For logs and errors: without user and password. */
      name: string;
    };

/** @throws StorageUnavailableError saying what is wrong, without the URL */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const path = /^sqlite:(.+)$/.exec(text)?.[1];
  if (path !== undefined) return { kind: 'sqlite', path, name: `the database ${path}` };
  const url = URL.parse(text);
  if (url?.protocol !== 'mysql:' || url.hostname === '' || !isUsable(url)) {
    throw new StorageUnavailableError(
      'The database URL must be like sqlite:/path/file.db or mysql://user:password@host:3306/name, with nothing after the name; special characters of the password as %XX.',
    );
  }
  return { kind: 'mysql', url, name: `the database ${url.pathname.slice(1)} at ${url.host}` };
}

/** Also refuses options such as `?ssl=true`, which would be ignored without a word. */
function isUsable({ username, password, pathname, search, hash }: URL): boolean {
  if (search !== '' || hash !== '' || !/^\/[^/]+$/.test(pathname)) return false;
  try {
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
