/** Faults of a demonstration, over real connections. */
import type { AddressInfo } from 'node:net';
import { defineContract, instanceContract } from '@wordcloud/contracts';
import { type ChannelState, createClient, createFixedChannel } from '@wordcloud/rpc';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFaults, type Faults } from '../src/faults/faults.ts';
import { createApp } from '../src/index.ts';

const contract = defineContract('wordcloud-seg', {});
const serviceToken = 'a token for the tests';

const CHANNEL: ChannelState = {
  ...{ service: 'wordcloud-task', balancing: 'random', retriesLeft: 3 },
  instances: [
    {
      ...{ id: 'task-1', baseUrl: 'http://127.0.0.1:1', status: 'up', version: '', zone: '', startedAt: 0, weight: 1 },
      ...{ breaker: 'open', inFlight: 2, calls: 9, faults: 4, latencyMs: { p50: 3, p95: null, p99: null } },
    } as ChannelState['instances'][number],
  ],
};

async function serve(options: { faults?: Faults; channels?: ChannelState[]; isPublic?: boolean } = {}) {
  const { faults, channels = [], isPublic = false } = options;
  const stop = vi.fn<() => void>();
  const { server } = await createApp({
    ...{ contract, checks: {}, isPublic },
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test', { processMetrics: false }),
    instance: { serviceToken, stop, channels: () => channels, ...(faults && { faults }) },
  });
  let worked = 0;
  server.get('/work', async () => ++worked);
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  const client = createClient(
    instanceContract('wordcloud-seg'),
    createFixedChannel('wordcloud-seg', {
      origin: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    }),
    { serviceToken },
  );
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  const get = (path: string, init: RequestInit = {}) => fetch(origin + path, init);
  return { client, get, stop, worked: () => worked };
}

describe('faults of an instance', () => {
  it('slow – requests wait, probes and what heals do not; over after its seconds', async () => {
    let now = 0;
    const faults = createFaults(() => now);
    const { client, get } = await serve({ faults });
    const { active } = await client.injectFault({ body: { kind: 'slow', ms: 300, seconds: 5 } });
    expect(active).toEqual([{ kind: 'slow', ms: 300, share: null, leftMs: 5_000 }]);
    const began = performance.now();
    await Promise.all([get('/healthz'), get('/readyz'), client.getFaults({}), client.getLinks({})]);
    expect(performance.now() - began).toBeLessThan(300);
    expect(await (await get('/work')).text()).toBe('1');
    expect(performance.now() - began).toBeGreaterThanOrEqual(299);
    now = 5_000;
    expect(await client.getFaults({})).toEqual({ active: [] });
    expect(faults.delayMs()).toBe(0);
  });

  it('fail – the share of the requests that is said, as INTERNAL; healed at once', async () => {
    const draws = [0.1, 0.49, 0.5, 0.9];
    const { client, get, worked } = await serve({ faults: createFaults(undefined, () => draws.shift()!) });
    await client.injectFault({ body: { kind: 'fail', share: 0.5 } });
    const answers = [await get('/work'), await get('/work'), await get('/work'), await get('/work')];
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 200, 200]);
    expect(await answers[0]!.json()).toMatchObject({ code: 'INTERNAL' });
    expect(worked()).toBe(2);
    await client.injectFault({ body: { kind: 'fail', share: 1 } });
    await client.healFaults({});
    draws.push(0);
    expect((await get('/work')).status).toBe(200);
  });

  it('slow and fail – defaults, both at once; the same again takes the place of the first', async () => {
    const { client } = await serve({ faults: createFaults(() => 0) });
    await client.injectFault({ body: { kind: 'slow', ms: 5 } });
    await client.injectFault({ body: { kind: 'slow' } });
    const { active } = await client.injectFault({ body: { kind: 'fail' } });
    expect(active).toEqual([
      { kind: 'slow', ms: 2_000, share: null, leftMs: 20_000 },
      { kind: 'fail', ms: null, share: 0.5, leftMs: 20_000 },
    ]);
  });

  it('the time of the caller is over while it waits – 504, and no work', async () => {
    const { client, get, worked } = await serve({ faults: createFaults() });
    await client.injectFault({ body: { kind: 'slow', ms: 10_000 } });
    const answer = await get('/work', { headers: { 'x-deadline-ms': '20' } });
    expect(await answer.json()).toMatchObject({ status: 504, code: 'DEADLINE_EXCEEDED' });
    await expect(get('/work', { signal: AbortSignal.timeout(20) })).rejects.toThrow();
    expect(worked()).toBe(0);
  });

  it('stop – answers, then ends the process', async () => {
    const { client, stop } = await serve({ faults: createFaults() });
    expect(await client.injectFault({ body: { kind: 'stop' } })).toEqual({ active: [] });
    await expect.poll(() => stop.mock.calls.length, { timeout: 5_000 }).toBe(1);
  });

  it('out of range – refused with what is allowed', async () => {
    const { client } = await serve({ faults: createFaults() });
    const wrong = client.injectFault({ body: { kind: 'slow', ms: 10_001, seconds: 61 } });
    await expect(wrong).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ field: 'ms' }, { field: 'seconds' }],
    });
  });

  it('without the service token, or where faults are off – not reached', async () => {
    const on = await serve({ faults: createFaults() });
    const body = { method: 'POST', body: '{"kind":"fail"}', headers: { 'content-type': 'application/json' } };
    for (const init of [{}, body, { method: 'DELETE' }]) expect((await on.get('/faults', init)).status).toBe(401);
    expect((await on.get('/links')).status).toBe(401);
    const off = await serve();
    await expect(off.client.injectFault({ body: { kind: 'fail' } })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const open = await serve({ faults: createFaults(), isPublic: true });
    await expect(open.client.injectFault({ body: { kind: 'fail' } })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('links of an instance', () => {
  it('what its clients know of those that they call', async () => {
    const { client } = await serve({ channels: [CHANNEL] });
    const latencyMs = { p50: 3, p95: null, p99: null };
    const load = { breaker: 'open', inFlight: 2, calls: 9, faults: 4, latencyMs };
    expect(await client.getLinks({})).toEqual({ links: [{ to: 'task-1', service: 'wordcloud-task', ...load }] });
  });
});
