import { createStaticDriver, Discovery, type Driver } from '@wordcloud/discovery';
import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { RegistryHistory } from '../src/registry/registry-history.ts';
import { type RegistrySelf, registryRoutes } from '../src/registry/registry-routes.ts';
import { makeInstance, scriptedDiscovery } from './scripted-discovery.ts';

const START = Date.UTC(2026, 0, 1);
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function serve(discovery: Discovery, self: RegistrySelf = { service: 'wordcloud-bff' }) {
  const clock = { now: START };
  const now = () => clock.now;
  const server = fastify();
  const history = new RegistryHistory(discovery, now);
  server.register(async (pages) => registryRoutes(pages, { discovery, history, self: () => self, now }), {
    prefix: '/go-doudou',
  });
  closing.push(
    () => server.close(),
    () => discovery.close(),
  );
  const get = (path: string, accept?: string) =>
    server.inject({ url: `/go-doudou/${path}`, headers: accept === undefined ? {} : { accept } });
  const instances = async () => (await get('registry')).json().instances;
  return { get, instances, clock };
}

async function serveStatic(addresses: Record<string, string[]>) {
  const discovery = new Discovery([createStaticDriver(addresses)]);
  await discovery.ready();
  return serve(discovery);
}

async function serveScripted({ self, others }: { self?: RegistrySelf; others?: Driver[] } = {}) {
  const { discovery, say } = await scriptedDiscovery(others);
  return { ...serve(discovery, self), say };
}

describe('/registry', () => {
  it('instances from settings – JSON with all of them, sorted', async () => {
    const { get } = await serveStatic({ task: ['http://t:1'], seg: ['http://s:2/root', 'http://s:1/'] });
    const reply = await get('registry', 'application/json');
    expect(reply.statusCode).toBe(200);
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      vary: 'Accept',
    });
    const { self, registries, instances } = reply.json();
    expect(self).toEqual({ service: 'wordcloud-bff', id: null });
    expect(registries).toEqual({ static: { away: false } });
    expect(instances.map(({ baseUrl }: { baseUrl: string }) => baseUrl)).toEqual([
      'http://s:1',
      'http://s:2/root',
      'http://t:1',
    ]);
    expect(instances[1]).toMatchObject({
      service: 'seg',
      mode: 'static',
      host: 's',
      port: 2,
      status: 'up',
      since: '2026-01-01T00:00:00.000Z',
      uptimeSeconds: null,
    });
  });

  it('a browser – a page that may run and load nothing, with the own instance marked', async () => {
    const { get, say } = await serveScripted({ self: { service: 'wordcloud-seg', id: 'b' } });
    await say([makeInstance('a'), makeInstance('b')]);
    const reply = await get('registry', BROWSER);
    expect(reply.statusCode).toBe(200);
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
      vary: 'Accept',
    });
    expect(reply.body).toMatch(/^<!doctype html>/);
    expect(reply.body).toContain('<title>wordcloud-seg sees 2 instances</title>');
    expect(reply.body).toMatch(/<tr class="own"><td>seg<\/td>\s*<td>b /);
    expect((await get('registry')).json().self).toEqual({ service: 'wordcloud-seg', id: 'b' });
  });

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/html;q=0.5, application/json', 'application/json'],
    ['text/html, application/json;q=0.5', 'text/html'],
  ])('Accept: %s – %s', async (accept, type) => {
    const { get } = await serveStatic({});
    expect((await get('registry', accept)).headers['content-type']).toBe(`${type}; charset=utf-8`);
  });

  it('up, suspect, draining, gone, forgotten – each with the time since when, in both forms', async () => {
    const { get, say, instances, clock } = await serveScripted();
    for (const status of ['up', 'suspect', 'draining'] as const) {
      clock.now += 60_000;
      await say([makeInstance('a', { status, startedAt: START })]);
      expect(await instances()).toMatchObject([{ id: 'a', status, since: new Date(clock.now).toISOString() }]);
    }
    clock.now += 60_000;
    await say([]);
    clock.now += 5_000;
    expect(await instances()).toMatchObject([
      {
        status: 'gone',
        since: '2026-01-01T00:04:00.000Z',
        uptimeSeconds: 240,
        changes: [{ status: 'up' }, { status: 'suspect' }, { status: 'draining' }, { status: 'gone' }],
      },
    ]);
    const { body } = await get('registry', BROWSER);
    expect(body).toContain('<span class="status gone">gone</span>');
    expect(body).toContain('>5 s ago</time><small>before: draining for 1 min, suspect for 1 min, up for 1 min</small>');
    clock.now += 10 * 60_000;
    expect(await instances()).toEqual([]);
    expect((await get('registry', BROWSER)).body).toContain('No instance of any service is known');
  });

  it('what another node says of itself – text in the page, itself in the JSON', async () => {
    const evil = '<script>alert(1)</script>';
    const { get, say, instances } = await serveScripted();
    await say([makeInstance('a', { zone: evil, version: evil, data: { [evil]: evil } })]);
    const { body } = await get('registry', BROWSER);
    expect(body).not.toContain('<script');
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;: &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(await instances()).toMatchObject([{ zone: evil, version: evil, data: { [evil]: evil } }]);
  });

  it('the registry is away – what was known last is there, and that it is away is said', async () => {
    const { get, say, instances } = await serveScripted();
    await say([makeInstance('a')]);
    await say(new Error('connection refused'));
    expect((await get('registry')).json().registries).toEqual({ scripted: { away: true } });
    expect(await instances()).toMatchObject([{ id: 'a', status: 'up' }]);
    expect((await get('registry', BROWSER)).body).toContain('The registry scripted is away.');
  });
});

describe('/prometheus/sd', () => {
  it('who is there – targets that Prometheus takes, without those that are gone', async () => {
    const { get, say } = await serveScripted({ others: [createStaticDriver({ maker: ['http://m:7070/root'] })] });
    await say([makeInstance('a'), makeInstance('b', { status: 'suspect' }), makeInstance('c')]);
    await say([makeInstance('a'), makeInstance('b', { status: 'suspect' })]);
    const reply = await get('prometheus/sd', 'text/html');
    expect(reply.statusCode).toBe(200);
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    const groups: { targets: string[]; labels: Record<string, string> }[] = reply.json();
    expect(groups.map(({ targets, labels }) => `${labels.service} ${targets} ${labels.__metrics_path__}`)).toEqual([
      'seg a:6060 /go-doudou/prometheus',
      'seg b:6060 /go-doudou/prometheus',
      'maker m:7070 /root/go-doudou/prometheus',
    ]);
  });

  it('nobody – an empty list, not an error', async () => {
    const { get } = await serveStatic({});
    const reply = await get('prometheus/sd');
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toEqual([]);
  });
});
