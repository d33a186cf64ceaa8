/** The whole system as processes, as `make start` runs it, on free ports and in a temporary folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ServiceName } from '@wordcloud/contracts';
import { type Runner, runService } from '../scripts/process-runner.ts';
import { describeSystem } from '../scripts/services.ts';

const root = resolve(import.meta.dirname, '..');

export interface LocalSystem {
  /** Address of the bff. */
  api: string;
  lines: string[];
  runner(name: ServiceName): Runner;
  stop(): Promise<void>;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

/** @param env settings beside those of `make start` */
export async function startLocalSystem(env: Record<string, string> = {}): Promise<LocalSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'wordcloud-e2e-'));
  const [bff, user, task, seg, maker] = await freePorts(5);
  const ports = { BFF_PORT: bff, USER_PORT: user, TASK_PORT: task, SEG_PORT: seg, MAKER_PORT: maker };
  const texts = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
  const { services, bffAddress } = describeSystem({ PATH: process.env.PATH, ...texts, ...env }, folder);
  const lines: string[] = [];
  const runners = services.map((service) => runService(service, root, (name, line) => lines.push(`${name} ${line}`)));
  const stop = async () => {
    for (const runner of runners.toReversed()) await runner.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(runners.map(({ ready }) => ready));
  } catch (error) {
    await stop();
    throw error;
  }
  return { api: bffAddress, lines, runner: (name) => runners.find((runner) => runner.name === name)!, stop };
}
