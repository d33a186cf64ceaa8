import type { ServiceInstance } from '@wordcloud/discovery';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestRegistry, instance, SERVICE } from '../test/harness.ts';
import { InstanceSet } from './instance-set.ts';

async function follow(first: readonly ServiceInstance[] = []) {
  const { discovery, say } = createTestRegistry();
  await say(first);
  const forgotten: string[] = [];
  const clock = { now: 0 };
  const set = new InstanceSet(SERVICE, discovery, {
    breaker: {},
    warmUpMs: 1_000,
    connections: 1,
    connectTimeoutMs: 100,
    metrics: {
      ...{ retried() {}, hedged() {}, lackedInstance() {}, added() {}, breakerChanged() {} },
      forgotten: (service, id) => forgotten.push(`${service} ${id}`),
    },
    now: () => clock.now,
  });
  onTestFinished(() => set.close());
  const ids = () => set.all.map(({ id }) => id).toSorted();
  return { discovery, say, set, ids, forgotten, clock };
}

describe('InstanceSet', () => {
  it('who is known already, who comes, who goes – only of its service', async () => {
    const { say, ids, forgotten } = await follow([instance('a'), instance('x', { service: 'wordcloud-task' })]);
    expect(ids()).toEqual(['a']);
    await say([instance('b'), instance('c'), instance('y', { service: 'wordcloud-task' })]);
    expect(ids()).toEqual(['b', 'c']);
    expect(forgotten).toEqual([`${SERVICE} a`]);
  });

  it('an instance changes – it stays the same, and what was learned of it, too', async () => {
    const { say, set } = await follow([instance('a')]);
    const [a] = set.all;
    for (const changes of [{ weight: 3 }, { status: 'suspect' as const }, { zone: 'z' }, { data: { k: 'v' } }]) {
      await say([instance('a', changes)]);
      expect(set.all).toEqual([a]);
      expect(a!.described).toMatchObject(changes);
    }
  });

  it.each([
    ['startedAt', { startedAt: 1 }],
    ['baseUrl', { baseUrl: 'http://elsewhere.invalid:1' }],
  ])('the same id with another %s – is another process: it begins anew', async (_name, changes) => {
    const { say, set, ids, clock } = await follow([instance('a')]);
    const [a] = set.all;
    clock.now = 1_000;
    expect(a!.weight).toBe(1);
    await say([instance('a', changes)]);
    expect(ids()).toEqual(['a']);
    expect(set.all[0]).not.toBe(a);
    expect(set.all[0]!.weight).toBeCloseTo(0.1, 9);
    expect(a!.takesCalls(true)).toBe(false);
  });

  it.each<[Partial<ServiceInstance>, boolean]>([
    [{}, true],
    [{ status: 'suspect' }, false],
    [{ status: 'draining' }, false],
    [{ weight: 0 }, false],
  ])('%o – takes calls: %o; and again when that is over', async (changes, takes) => {
    const { say, set } = await follow([instance('a', changes)]);
    expect(set.all[0]!.takesCalls(false)).toBe(takes);
    await say([instance('a')]);
    expect(set.all[0]!.takesCalls(false)).toBe(true);
    await say([instance('a', changes)]);
    expect(set.all[0]!.takesCalls(false)).toBe(takes);
  });

  it('the state – in the order of the ids, with what is described and what was seen', async () => {
    const { set } = await follow([instance('b'), instance('a', { zone: 'z', weight: 2, version: '7' })]);
    expect(set.state().map(({ id }) => id)).toEqual(['a', 'b']);
    expect(set.state()[0]).toEqual({
      id: 'a',
      baseUrl: 'http://a.invalid:1',
      status: 'up',
      version: '7',
      zone: 'z',
      startedAt: 0,
      weight: 2,
      breaker: 'closed',
      inFlight: 0,
      calls: 0,
      faults: 0,
      latencyMs: { p50: null, p95: null, p99: null },
    });
  });

  it('closed – follows discovery no more, and its instances are forgotten', async () => {
    const { discovery, say, set, ids, forgotten } = await follow([instance('a')]);
    expect(discovery.listenerCount('change')).toBe(1);
    await set.close();
    expect(discovery.listenerCount('change')).toBe(0);
    await say([instance('b')]);
    expect([ids(), forgotten]).toEqual([[], [`${SERVICE} a`]]);
  });
});
