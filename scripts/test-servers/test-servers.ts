/**
 * What test files import to get a real MariaDB, S3 or Redis server.
 *
 * @example
 * const mariaDb = await findMariaDb();
 * describe.skipIf(mariaDb.missing)(`the queue on MariaDB${mariaDb.note}`, () => {
 *   it('…', async () => {
 *     const database = await openDatabase({ url: mariaDb.freshUrl(), migrations });
 *   });
 * });
 */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';

interface Found {
  /** Whether the tests must be skipped. */
  missing: boolean;
  /** For the title of the tests: empty, or why they are skipped and what to install. */
  note: string;
}

export interface FoundMariaDb extends Found {
  /** The URL of a database that nobody else uses; `openDatabase` makes it. */
  freshUrl(): string;
}

export interface FreshS3Settings {
  kind: 's3';
  endpoint: string;
  region: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
  pathStyle: boolean;
}

export interface FoundS3 extends Found {
  /** Settings for `openObjectStore` with a bucket that nobody else uses; opening makes it. */
  freshSettings(): FreshS3Settings;
}

export interface FoundRedis extends Found {
  /** `redis://…`; all tests share it, so each uses keys that nobody else does. */
  url(): string;
}

/** Starts MariaDB if no other test file has. */
export async function findMariaDb(): Promise<FoundMariaDb> {
  const { found, server } = await find<{ url: string }>('mariadb');
  return {
    ...found,
    freshUrl() {
      const url = new URL(server().url);
      url.pathname = `/test_${fresh('_')}`;
      return url.href;
    },
  };
}

/** Starts the S3 server if no other test file has. */
export async function findS3(): Promise<FoundS3> {
  const { found, server } = await find<{ endpoint: string; accessKey: string; secretKey: string }>('s3');
  return {
    ...found,
    freshSettings() {
      const { endpoint, accessKey, secretKey } = server();
      const bucket = `test-${fresh('-')}`;
      return { kind: 's3', endpoint, accessKey, secretKey, bucket, region: 'us-east-1', pathStyle: true };
    },
  };
}

/** Starts Redis if no other test file has. */
export async function findRedis(): Promise<FoundRedis> {
  const { found, server } = await find<{ url: string }>('redis');
  return { ...found, url: () => server().url };
}

const fresh = (separator: string) => randomUUID().replaceAll('-', separator);

async function find<Server>(name: string): Promise<{ found: Found; server: () => Server }> {
  const response = await fetch(`${inject('testServersUrl')}/${name}`);
  const text = await response.text();
  if (response.ok) return { found: { missing: false, note: '' }, server: () => JSON.parse(text) as Server };
  if (response.status !== 404) throw new Error(text);
  return {
    found: { missing: true, note: ` [skipped: ${text}]` },
    server() {
      throw new Error(text);
    },
  };
}
