/**
 * Vitest's global setup: one MariaDB, one S3 server and one Redis for all test files, started when the first test asks.
 *
 * Test files run in other processes, so they ask over a little HTTP server here; see `test-servers.ts` for their side.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { MissingServerError } from './find-program.ts';
import { startMariaDb } from './start-mariadb.ts';
import { startRedis } from './start-redis.ts';
import { startS3 } from './start-s3.ts';

interface Server {
  stop(): Promise<void>;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files ask for servers. */
    testServersUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const makers: Record<string, () => Promise<Server>> = { '/mariadb': mariaDb, '/s3': s3, '/redis': redis };
  const started = new Map<string, Promise<Server>>();
  const start = (path: string) => {
    const before = started.get(path);
    if (before) return before;
    const server = makers[path]?.() ?? Promise.reject(new Error(`unknown: ${path}`));
    server.catch(
      (error) => error instanceof MissingServerError && console.warn(`Tests are skipped: ${error.message}.`),
    );
    started.set(path, server);
    return server;
  };

  const http = createServer((request, response) => {
    start(request.url ?? '').then(
      (server) => response.end(JSON.stringify(server)),
      (error: Error) => {
        response.statusCode = error instanceof MissingServerError ? 404 : 500;
        response.end(error.message);
      },
    );
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  project.provide('testServersUrl', `http://127.0.0.1:${(http.address() as AddressInfo).port}`);

  return async () => {
    http.close();
    http.closeAllConnections();
    const servers = await Promise.allSettled(started.values());
    await Promise.all(servers.map((server) => server.status === 'fulfilled' && server.value.stop()));
  };
}

async function mariaDb(): Promise<Server> {
  const url = process.env.TEST_MYSQL_URL;
  return url ? external({ url }) : startMariaDb();
}

async function s3(): Promise<Server> {
  const {
    TEST_S3_ENDPOINT: endpoint,
    TEST_S3_ACCESS_KEY: accessKey = 'minioadmin',
    TEST_S3_SECRET_KEY: secretKey = 'minioadmin',
  } = process.env;
  return endpoint ? external({ endpoint, accessKey, secretKey }) : startS3();
}

async function redis(): Promise<Server> {
  const url = process.env.TEST_REDIS_URL;
  return url ? external({ url }) : startRedis();
}

const external = (address: object): Server => ({ ...address, stop: async () => {} });
