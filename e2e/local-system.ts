/** The whole system as processes, as `make start` runs it, on free ports and in a temporary folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ServiceName } from '@wordcloud/contracts';
import { type Runner, runService } from '../scripts/process-runner.ts';
import { describeSystem, START_ORDER } from '../scripts/services.ts';

/** Enough for the largest system of the tests. */
const MOST_PORTS = 40;

const root = resolve(import.meta.dirname, '..');

export interface LocalSystem {
  /** Address of the bff. */
  api: string;
  lines: string[];
  /** @param instance from 1, which is the default */
  runner(service: ServiceName, instance?: number): Runner;
  /** Where an instance listens. */
  address(service: ServiceName, instance?: number): string;
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

/** All but the page. @param env settings beside those of `make start` */
export async function startLocalSystem(env: Record<string, string> = {}): Promise<LocalSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'wordcloud-e2e-'));
  const free = await freePorts(MOST_PORTS);
  const choosePorts = () => ({ port: free.pop()!, gossipPort: free.pop()! });
  const { services, bffAddress } = describeSystem({ PATH: process.env.PATH, ...env }, folder, choosePorts);
  const lines: string[] = [];
  const runners = services.map((service) => runService(service, root, (name, line) => lines.push(`${name} ${line}`)));
  const stop = async () => {
    for (const service of START_ORDER.toReversed()) {
      await Promise.all(runners.filter((runner) => runner.service === service).map((runner) => runner.stop()));
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(runners.map(({ ready }) => ready));
  } catch (error) {
    await stop();
    throw error;
  }
  const isOne = (service: ServiceName, instance: number) => (one: { service: string; instance: number }) =>
    one.service === service && one.instance === instance;
  return {
    api: bffAddress,
    lines,
    runner: (service, instance = 1) => runners.find(isOne(service, instance))!,
    address: (service, instance = 1) => `http://127.0.0.1:${services.find(isOne(service, instance))!.port}`,
    stop,
  };
}
