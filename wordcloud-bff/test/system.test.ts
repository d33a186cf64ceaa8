/** What the System page shows and does, over real processes. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SystemView } from '@wordcloud/contracts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runMain } from '../../scripts/test-servers/run-main.ts';
import { type Backends, startBackends } from './backends.ts';

const DEMO = { DEMO_FAULTS: 'true', MAKER_WORKERS: '1', SEG_WORKERS: '1' };

let backends: Backends;
beforeAll(async () => {
  backends = await startBackends();
});
afterAll(() => backends?.stop());

/** A process that ends with the test. */
function run(service: string, env: Record<string, string>) {
  const process = runMain(`${service}/src/main.ts`, env);
  onTestFinished(async () => {
    process.kill('SIGKILL');
    await process.ended;
  });
  return process;
}

async function runBff(env: Record<string, string>) {
  const { userOrigin: USERSVC, taskOrigin: TASKSVC, folder: DATA_DIR } = backends;
  const origin = await run('wordcloud-bff', { USERSVC, TASKSVC, DATA_DIR, ...env }).ready;
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ username: 'jackchen', password: '1234' });
  const login = await fetch(`${origin}/api/auth/login`, { method: 'POST', headers: json, body });
  const { accessToken } = (await login.json()) as { accessToken: string };
  const headers = { authorization: `Bearer ${accessToken}` };
  return {
    origin,
    view: async () => (await (await fetch(`${origin}/api/system`, { headers })).json()) as SystemView,
    heal: () => fetch(`${origin}/api/system/faults`, { method: 'DELETE', headers }),
    inject: (fault: object) =>
      fetch(`${origin}/api/system/faults`, {
        ...{ method: 'POST', headers: { ...headers, ...json }, body: JSON.stringify(fault) },
      }),
  };
}

const PATIENCE = { timeout: 10_000 };

describe('the view of the system', () => {
  it('who calls whom, also from makers; consoles; faults off', async () => {
    const SEGSVC = 'http://127.0.0.1:1';
    const maker = run('wordcloud-maker', { ...DEMO, SEGSVC, TASKSVC: backends.taskOrigin, DATA_DIR: backends.folder });
    const MAKERSVC = await maker.ready;
    const bff = await runBff({ MAKERSVC, CONSOLES: 'Grafana=http://localhost:3000' });
    const view = await bff.view();
    const makerId = `wordcloud-maker@${MAKERSVC}`;
    const taskId = `wordcloud-task@${backends.taskOrigin}`;
    expect(view.links.map(({ from, to }) => `${from} → ${to}`).toSorted()).toEqual([
      `wordcloud-bff → ${makerId}`,
      `wordcloud-bff → ${taskId}`,
      `wordcloud-bff → wordcloud-user@${backends.userOrigin}`,
      `${makerId} → wordcloud-seg@${SEGSVC}`,
      `${makerId} → ${taskId}`,
    ]);
    const task = view.instances.find(({ id }) => id === taskId)!;
    expect(task.changes).toEqual([{ status: 'up', at: task.since }]);
    const users = view.links.find(({ service }) => service === 'wordcloud-user')!;
    expect(users).toMatchObject({
      breaker: 'closed',
      calls: expect.any(Number),
      latencyMs: { p50: expect.any(Number) },
    });
    expect(view.faults).toEqual({ enabled: false, active: [] });
    expect(view.consoles).toEqual([{ name: 'Grafana', url: 'http://localhost:3000' }]);
    const refused = await bff.inject({ instance: makerId, kind: 'slow' });
    expect([refused.status, (await bff.heal()).status]).toEqual([404, 404]);
    expect(await refused.json()).toMatchObject({ code: 'NOT_FOUND', detail: expect.stringContaining('DEMO_FAULTS') });
  });

  it('a maker that never answers – its links are absent, and nobody waits for it', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    const MAKERSVC = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const bff = await runBff({ ...DEMO, MAKERSVC });
    const began = performance.now();
    const { links, faults } = await bff.view();
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(new Set(links.map(({ from }) => from))).toEqual(new Set(['wordcloud-bff']));
    expect(faults.enabled).toBe(true);
  });
});

describe('faults from the page', () => {
  it('slow, healed, stopped – at the instance that is named', async () => {
    const env = { ...DEMO, SEGSVC: 'http://127.0.0.1:1', TASKSVC: backends.taskOrigin, DATA_DIR: backends.folder };
    const makers = [run('wordcloud-maker', env), run('wordcloud-maker', env)];
    const origins = await Promise.all(makers.map(({ ready }) => ready));
    const bff = await runBff({ ...DEMO, MAKERSVC: origins.join() });
    const ids = origins.map((origin) => `wordcloud-maker@${origin}`);
    const injected = await bff.inject({ instance: ids[1], kind: 'slow', ms: 100, seconds: 60 });
    expect(injected.status).toBe(204);
    const active = async () => (await bff.view()).faults.active;
    await expect
      .poll(active, PATIENCE)
      .toEqual([{ instance: ids[1], kind: 'slow', ms: 100, share: null, leftMs: expect.any(Number) }]);
    expect((await bff.heal()).status).toBe(204);
    await expect.poll(active, PATIENCE).toEqual([]);

    expect((await bff.inject({ instance: ids[0], kind: 'stop' })).status).toBe(204);
    expect((await makers[0]!.ended).code).toBe(0);
    const again = await bff.inject({ instance: ids[0], kind: 'slow' });
    expect([again.status, await again.json()]).toMatchObject([503, { code: 'UNAVAILABLE' }]);
    expect((await bff.heal()).status).toBe(204);
  });

  it('no such instance, the bff, a fault that is none, nobody signed in – refused', async () => {
    const bff = await runBff({ ...DEMO, MAKERSVC: 'http://127.0.0.1:1' });
    const instance = 'wordcloud-maker@http://127.0.0.1:1';
    expect((await bff.inject({ instance: 'nobody', kind: 'slow' })).status).toBe(404);
    expect((await bff.inject({ instance: 'wordcloud-bff', kind: 'stop' })).status).toBe(404);
    expect((await bff.inject({ instance, kind: 'explode' })).status).toBe(400);
    expect((await bff.inject({ instance, kind: 'slow', seconds: 61 })).status).toBe(400);
    expect((await fetch(`${bff.origin}/api/system/faults`, { method: 'DELETE' })).status).toBe(401);
  });
});
