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
  if (url?.protocol !== 'mysql:' || url.hostname === '' || url.pathname.length < 2) {
    throw new StorageUnavailableError(
      'The database URL must be like sqlite:/path/file.db or mysql://user:password@host:3306/name; special characters of the password as %XX.',
    );
  }
  return { kind: 'mysql', url, name: `the database ${url.pathname.slice(1)} at ${url.host}` };
}
