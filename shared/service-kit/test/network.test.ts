import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { defineContract, type ServiceName } from '@wordcloud/contracts';
import { createLogger, createMetrics, createTracing } from '@wordcloud/telemetry';
import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { commonSettings, createApp, route } from '../src/index.ts';
import { type Network, openNetwork } from '../src/network.ts';

const contract = defineContract('wordcloud-seg', {
  answer: {
    ...{ method: 'GET', path: '/answer', summary: 'Answers', status: 204, errors: [] },
    ...{ timeoutMs: 2_000, idempotent: true },
  },
});

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const clock = () => {
  const began = Date.now();
  let ahead = 0;
  return { now: () => began + ahead, goOn: (ms: number) => (ahead += ms) };
};

/** A process's network on loopback, quick to notice. */
async function open(service: ServiceName, env: Record<string, string> = {}, now: () => number = Date.now) {
  const config = loadConfig(commonSettings(service), {
    SERVICE_TOKEN: 'a token for the tests',
    GDD_MEM_PORT: '0',
    GDD_MEM_NAME: `${service}-${Math.random()}`,
    GDD_MEM_REJOIN_INTERVAL: '50ms',
    GDD_MEM_GOSSIP_INTERVAL: '20ms',
    ...env,
  });
  const network = await openNetwork({
    service,
    config,
    addresses: { 'wordcloud-seg': ['http://127.0.0.1:1'] },
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test', { processMetrics: false }),
    tracing: createTracing({ service: 'test', exporter: 'none', sampleRatio: 0 }),
    now,
  });
  cleanUps.push(() => network.close());
  return network;
}

/** Where the gossip of a network listens. */
const gossipOf = ({ discovery }: Network) => String(discovery.registries().memberlist!.address);

async function listen(network: Network) {
  const logger = createLogger({ service: 'test', level: 'silent' });
  const metrics = createMetrics('test', { processMetrics: false });
  const { server } = await createApp({ contract, logger, metrics, checks: {} });
  route(server, contract, 'answer', async () => undefined);
  await server.listen({ host: '127.0.0.1', port: 0 });
  cleanUps.push(() => server.close());
  network.enter((server.server.address() as AddressInfo).port);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('the network of services', () => {
  it('a service is entered and left – others can call it, then know within a second', async () => {
    const seg = await open('wordcloud-seg');
    const maker = await open('wordcloud-maker', { GDD_MEM_SEED: gossipOf(seg) });
    const client = maker.connect(contract);
    await expect(client.answer({})).rejects.toMatchObject({ code: 'NO_INSTANCE', retryAfterSeconds: 1 });
    await listen(seg);
    await expect.poll(() => maker.channels()[0]!.instances.length, { timeout: 5_000 }).toBe(1);
    await client.answer({});
    const left = performance.now();
    await seg.leave();
    await expect.poll(() => maker.channels()[0]!.instances.length, { timeout: 5_000 }).toBe(0);
    expect(performance.now() - left).toBeLessThan(1_000);
    expect(seg.self()).toEqual({ service: 'wordcloud-seg' });
  });

  it('seeds are away – it starts and keeps trying; any node can be the seed', async () => {
    const port = await freePort();
    const maker = await open('wordcloud-maker', { GDD_MEM_SEED: `127.0.0.1:${port}` });
    maker.connect(contract);
    const seg = await open('wordcloud-seg', { GDD_MEM_PORT: String(port) });
    await listen(seg);
    await expect.poll(() => maker.channels()[0]!.instances.length, { timeout: 10_000 }).toBe(1);
    expect(seg.self().id).toBe(maker.channels()[0]!.instances[0]!.id);
  });

  it('another key, or none – no members of this cluster', async () => {
    const key = Buffer.alloc(32, 1).toString('base64');
    const seg = await open('wordcloud-seg', { GDD_MEM_KEY: key });
    await listen(seg);
    const seed = { GDD_MEM_SEED: gossipOf(seg) };
    const stranger = await open('wordcloud-maker', seed);
    const other = await open('wordcloud-maker', { ...seed, GDD_MEM_KEY: Buffer.alloc(32, 2).toString('base64') });
    const friend = await open('wordcloud-maker', { ...seed, GDD_MEM_KEY: key });
    const known = ({ discovery }: Network) => discovery.instances('wordcloud-seg').length;
    await expect.poll(() => known(friend), { timeout: 5_000 }).toBe(1);
    expect([known(stranger), known(other)]).toEqual([0, 0]);
  });

  it('readiness – waits for who is called, but not for ever', async () => {
    const { now, goOn } = clock();
    const maker = await open('wordcloud-maker', {}, now);
    maker.connect(contract);
    await expect(maker.check()).rejects.toThrow('no instance of wordcloud-seg has been seen yet');
    goOn(10_001);
    await expect(maker.check()).resolves.toBeUndefined();
  });

  it('mono, and both registries at once – the fixed addresses are instances', async () => {
    const mono = await open('wordcloud-maker', { GDD_MODE: 'mono' });
    const both = await open('wordcloud-maker', { GDD_SERVICE_DISCOVERY_MODE: 'memberlist,static' });
    for (const { discovery } of [mono, both]) {
      expect(discovery.instances('wordcloud-seg').map(({ baseUrl }) => baseUrl)).toEqual(['http://127.0.0.1:1']);
    }
    expect(Object.keys(both.discovery.registries())).toEqual(['memberlist', 'static']);
  });

  it.each([
    [
      'the gossip port is taken',
      async () => ({ GDD_MEM_PORT: String(await takenPort()) }),
      /^Gossip port \d+ is taken/,
    ],
    [
      'a network that is none',
      async () => ({ GDD_MEM_CIDRS_ALLOWED: '10.0.0.0/99' }),
      /^A GDD_MEM_ setting is wrong: /,
    ],
    [
      'networks that do not have the service itself',
      async () => ({ GDD_MEM_CIDRS_ALLOWED: '10.0.0.0/8' }),
      /^A GDD_MEM_ setting is wrong: the networks allowed, 10.0.0.0\/8, do not hold the address of this node itself$/,
    ],
  ])('%s – one sentence that a person understands', async (_what, env, sentence) => {
    await expect(open('wordcloud-seg', await env())).rejects.toThrow(sentence);
  });
});

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(async () => server.close());
  return (server.address() as AddressInfo).port;
}
