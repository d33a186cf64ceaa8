/** The network breaks between the bff and the makers, and heals. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { SystemInstance, SystemView, Task } from '@wordcloud/contracts';
import { describe, expect, it, onTestFailed, onTestFinished } from 'vitest';
import { runMain, type ServiceProcess } from '../scripts/test-servers/run-main.ts';
import { type ApiUser, signUp, taskOf } from './api-client.ts';
import { createTwoNetworks, type TwoNetworks, whyNoNamespaces } from './network-namespaces.ts';
import { relay } from './relay.ts';

const TEXT = 'The captain steered the ship through the storm and the waves. '.repeat(20);
const PATIENCE = { timeout: 30_000, interval: 100 };
/** All services find a failure and each other sooner than by default. */
const IMPATIENT = {
  GDD_MEM_PROBE_INTERVAL: '200ms',
  GDD_MEM_PROBE_TIMEOUT: '100ms',
  GDD_MEM_SUSPICION_MULT: '2',
  GDD_MEM_REJOIN_INTERVAL: '500ms',
};

const why = await whyNoNamespaces();

describe.skipIf(why !== '')(`a network that breaks and heals${why && ` (skipped: ${why})`}`, () => {
  it('between the bff and the makers – the bff goes on with what it can, and what waits is made afterwards', async () => {
    const networks = await createTwoNetworks();
    onTestFinished(() => networks.remove());
    const { user, lines } = await startServices(networks);
    onTestFailed(() => console.error(lines().join('\n')));
    const makers = async () => {
      const { instances = [] } = (await (await user.get('/api/system')).json()) as Partial<SystemView>;
      return instances.filter(isOf('wordcloud-maker')).map(({ status }) => status);
    };
    await expect.poll(makers, PATIENCE).toEqual(['up', 'up']);
    expect(await user.make(TEXT)).toMatchObject({ status: 'succeeded' });

    await networks.cut();
    const waiting = await Promise.all([1, 2, 3].map(async () => (await taskOf(await user.upload(TEXT))).id));
    await expect.poll(makers, PATIENCE).toEqual(['gone', 'gone']);
    expect((await user.get('/api/me')).status).toBe(200);
    const upload = await user.upload(TEXT);
    expect(upload.status).toBe(202);
    waiting.push((await taskOf(upload)).id);

    await networks.heal();
    await expect.poll(makers, PATIENCE).toEqual(['up', 'up']);
    // In the first moments each side still hears from the other that its own services have failed, and says 503 until they have objected.
    const statusOf = async (id: string) =>
      ((await (await user.get(`/api/wordclouds/${id}`)).json()) as { task?: Task }).task?.status;
    for (const id of waiting) await expect.poll(() => statusOf(id), PATIENCE).toBe('succeeded');
    // Nobody had to be started again.
    expect(lines().filter((line) => line.includes('"msg":"ready"'))).toHaveLength(6);
  }, 120_000);
});

const isOf =
  (wanted: string) =>
  ({ service }: SystemInstance): boolean =>
    service === wanted;

/** On the left bff, user and task; on the right seg and two makers. */
async function startServices({ left, right }: TwoNetworks): Promise<{ user: ApiUser; lines: () => string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'wordcloud-partition-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const processes: ServiceProcess[] = [];
  const printed: string[] = [];
  const start = async (name: string, { address, prefix }: TwoNetworks['left'], port: number) => {
    const env = {
      ...IMPATIENT,
      GDD_MODE: 'micro',
      GDD_HOST: address,
      GDD_PORT: String(port),
      GDD_MEM_PORT: String(port + 1_000),
      GDD_MEM_NAME: `${name}-${port}`,
      GDD_MEM_SEED: `${left.address}:7060,${right.address}:7070`,
      DATA_DIR: folder,
      MAKER_WORKERS: '1',
      SEG_WORKERS: '1',
    };
    const child = runMain(`${name}/src/main.ts`, env, prefix, (line) => printed.push(`${name} ${line}`));
    processes.push(child);
    await child.ready;
  };
  onTestFinished(async () => {
    for (const { kill } of processes) kill('SIGKILL');
    await Promise.all(processes.map(({ ended }) => ended));
  });
  await Promise.all([
    start('wordcloud-bff', left, 6060),
    start('wordcloud-user', left, 6061),
    start('wordcloud-task', left, 6062),
    start('wordcloud-seg', right, 6070),
    start('wordcloud-maker', right, 6071),
    start('wordcloud-maker', right, 6072),
  ]);
  const api = await reachInto(left, join(folder, 'socket'));
  await expect.poll(async () => (await fetch(`${api}/readyz`)).status, PATIENCE).toBe(200);
  return { user: await signUp(api, 'islander'), lines: () => printed };
}

/** @returns an address on this side for the bff on the left */
async function reachInto({ address, prefix }: TwoNetworks['left'], socket: string): Promise<string> {
  const [command, ...args] = [
    ...prefix,
    process.execPath,
    resolve(import.meta.dirname, 'relay.ts'),
    socket,
    address,
    '6060',
  ];
  const inside = spawn(command!, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const outside = await once(inside.stdout, 'data').then(() => relay(0, { path: socket }));
  onTestFinished(async () => {
    outside.close();
    inside.kill('SIGKILL');
    await once(inside, 'close');
  });
  return `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
}
