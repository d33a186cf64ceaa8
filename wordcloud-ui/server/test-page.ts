/** For tests: a small built page in a temporary folder, and an upstream that plays the bff. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createLogger } from '@wordcloud/telemetry';
import { onTestFinished } from 'vitest';
import { type AppOptions, buildApp } from './app.ts';

export const INDEX = '<!doctype html><title>page</title>';
export const SCRIPT = `console.log('${'x'.repeat(2000)}');`;

export async function makePage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), INDEX);
  await writeFile(join(folder, 'assets/index-abc123.js'), SCRIPT);
  await writeFile(join(folder, 'assets/index-abc123.js.gz'), gzipSync(SCRIPT));
  return folder;
}

/** @returns its address */
export async function startUpstream(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address where nobody listens. */
export async function freeAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** The server under test, on a free port. */
export async function startApp(bffAddresses: readonly string[], options: Partial<AppOptions> = {}) {
  const logger = createLogger({ service: 'wordcloud-ui', level: 'silent' });
  const folder = await makePage();
  const app = await buildApp({ folder, bffAddresses, logger, trustProxy: '', now: Date.now, ...options });
  const address = await app.server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.server.close());
  return { ...app, address };
}
