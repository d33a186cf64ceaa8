/** Reads the URL of a database. It may hold a password, so no message quotes it. */
import { StorageUnavailableError } from './errors.ts';

/**
 * As the clients of MySQL call it in `ssl-mode`. VERIFY_IDENTITY: encrypted, and the server must show a certificate for its name, from an authority
 * that Node knows (`NODE_EXTRA_CA_CERTS` adds some); REQUIRED: encrypted, whoever answers.
 */
export type TlsMode = 'DISABLED' | 'REQUIRED' | 'VERIFY_IDENTITY';

export type DatabaseAddress =
  | { kind: 'sqlite'; path: string; name: string }
  | {
      kind: 'mysql';
      url: URL;
      tls: TlsMode;
      /** For logs and errors: without user and password. */
      name: string;
    };

/** @throws StorageUnavailableError saying what is wrong, without the URL */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const path = /^sqlite:(.+)$/.exec(text)?.[1];
  if (path !== undefined) return { kind: 'sqlite', path, name: `the database ${path}` };
  const url = URL.parse(text);
  const tls = TLS_MODES[url?.search ?? ''];
  if (url?.protocol !== 'mysql:' || url.hostname === '' || tls === undefined || !isUsable(url)) {
    throw new StorageUnavailableError(
      'The database URL must be like sqlite:/path/file.db or mysql://user:password@host:3306/name, with nothing after the name but ?ssl-mode=REQUIRED or ?ssl-mode=VERIFY_IDENTITY; special characters of the password as %XX.',
    );
  }
  return { kind: 'mysql', url, tls, name: `the database ${url.pathname.slice(1)} at ${url.host}` };
}

/** Other options, such as `?ssl=true`, would be ignored without a word. */
const TLS_MODES: Record<string, TlsMode> = {
  '': 'DISABLED',
  '?ssl-mode=DISABLED': 'DISABLED',
  '?ssl-mode=REQUIRED': 'REQUIRED',
  '?ssl-mode=VERIFY_IDENTITY': 'VERIFY_IDENTITY',
};

function isUsable({ username, password, pathname, hash }: URL): boolean {
  if (hash !== '' || !/^\/[^/]+$/.test(pathname)) return false;
  try {
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
