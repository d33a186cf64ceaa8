import { describe, expect, it } from 'vitest';
import { Discovery } from './discovery.ts';
import type { Driver, OwnService } from './driver.ts';
import { createStaticDriver } from './drivers/static.ts';
import type { ServiceInstance } from './instance.ts';

const instance = (id: string, more: Partial<ServiceInstance> = {}): ServiceInstance => ({
  id,
  service: 'seg',
  baseUrl: `http://${id}:1`,
  version: '1',
  weight: 1,
  zone: '',
  startedAt: 0,
  status: 'up',
  data: {},
  mode: 'fake',
  ...more,
});
const own: OwnService = { service: 'seg', port: 1, version: '1', startedAt: 0 };
const delay = () => new Promise<void>((done) => setImmediate(done));
const until = (condition: () => boolean) => expect.poll(condition, { interval: 1 }).toBe(true);

/** A registry whose faults the test decides: that cannot be had from a real one on demand. */
function fakeDriver(mode = 'fake') {
  let push: ((snapshot: readonly ServiceInstance[] | Error) => void) | undefined;
  const state = { failures: 0, registered: [] as string[], watches: 0, closed: 0 };
  const driver: Driver = {
    mode,
    async register({ service }) {
      if (state.failures-- > 0) throw new Error('the registry is away');
      state.registered.push(`+${service}`);
      return {
        update: async (changes) => void state.registered.push(`~${JSON.stringify(changes)}`),
        remove: async () => void state.registered.push(`-${service}`),
      };
    },
    async *watch(signal) {
      state.watches++;
      signal.addEventListener('abort', () => push?.(new Error('closed')));
      for (;;) {
        const next = await new Promise<readonly ServiceInstance[] | Error>((resolve) => {
          push = resolve;
        });
        if (next instanceof Error) throw next;
        yield next;
      }
    },
    close: async () => void state.closed++,
  };
  return {
    driver,
    state,
    async say(snapshot: readonly ServiceInstance[] | Error) {
      await until(() => push !== undefined);
      const saying = push!;
      push = undefined;
      saying(snapshot);
    },
  };
}

describe('instances', () => {
  it('snapshot after snapshot – only differences are told', async () => {
    const { driver, say } = fakeDriver();
    const discovery = new Discovery([driver], { delay });
    const changes: string[] = [];
    discovery.on('change', (change, { id }) => changes.push(`${change} ${id}`));
    await say([instance('a'), instance('b')]);
    await discovery.ready();
    await say([instance('a'), instance('b', { weight: 2 }), instance('c')]);
    await say([instance('c')]);
    await until(() => changes.length === 6);
    expect(changes).toEqual(['added a', 'added b', 'changed b', 'added c', 'removed a', 'removed b']);
    await discovery.close();
  });

  it('the registry is away – its last word holds, it is asked again, and that is told once', async () => {
    const { driver, say, state } = fakeDriver();
    const discovery = new Discovery([driver], { delay });
    const told: string[] = [];
    discovery.on('registry', (mode, what) => told.push(`${mode} ${what}`));
    await say([instance('a')]);
    await say(new Error('connection lost'));
    await say(new Error('connection refused'));
    await until(() => state.watches === 3);
    expect(discovery.instances().map(({ id }) => id)).toEqual(['a']);
    await say([instance('b')]);
    await until(() => discovery.instances()[0]?.id === 'b');
    expect(told).toEqual(['fake away', 'fake back']);
    await discovery.close();
  });

  it('two registries know the same instance – it is there once, as the first one says', async () => {
    const [one, two] = [fakeDriver('one'), fakeDriver('two')];
    const discovery = new Discovery([one.driver, two.driver], { delay });
    await two.say([instance('two/a', { baseUrl: 'http://a:1', mode: 'two' }), instance('two/b', { mode: 'two' })]);
    await one.say([instance('one/a', { baseUrl: 'http://a:1', mode: 'one' })]);
    await discovery.ready();
    expect(discovery.instances().map(({ id }) => id)).toEqual(['one/a', 'two/b']);
    await discovery.close();
  });

  it('static – what settings say, with registries beside it', async () => {
    const { driver, say } = fakeDriver();
    const discovery = new Discovery([createStaticDriver({ maker: ['http://m:1/', 'http://m:2/root'] }), driver], {
      delay,
    });
    await say([instance('a')]);
    await discovery.ready();
    expect(discovery.instances('maker').map(({ baseUrl }) => baseUrl)).toEqual(['http://m:1', 'http://m:2/root']);
    expect(discovery.instances('seg')).toHaveLength(1);
    expect(discovery.instances('nobody')).toEqual([]);
    await discovery.close();
  });
});

describe('registering', () => {
  it('in all registries that take it – each by itself: one that is away is tried again, the other has it at once', async () => {
    const [one, two] = [fakeDriver('one'), fakeDriver('two')];
    one.state.failures = 3;
    const discovery = new Discovery([one.driver, two.driver, createStaticDriver({})], { delay });
    const entry = discovery.register(own);
    await until(() => one.state.registered.length === 1);
    await entry.update({ weight: 3 });
    await entry.remove();
    for (const { state } of [one, two]) expect(state.registered).toEqual(['+seg', '~{"weight":3}', '-seg']);
    await discovery.close();
  });

  it('removed before the registry was there – is never entered', async () => {
    const { driver, state } = fakeDriver();
    state.failures = 2;
    const discovery = new Discovery([driver], { delay });
    await discovery.register(own).remove();
    expect(state.registered).toEqual([]);
    await discovery.close();
  });

  it('closed – every registry is left, though one of them fails', async () => {
    const [one, two] = [fakeDriver('one'), fakeDriver('two')];
    one.driver.close = () => Promise.reject(new Error('away'));
    const discovery = new Discovery([one.driver, two.driver], { delay });
    await discovery.close();
    expect(two.state.closed).toBe(1);
  });
});
