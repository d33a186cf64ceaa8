import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { defineContract } from '@wordcloud/contracts';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import { expect, it } from 'vitest';
import { createApp } from '../src/index.ts';

it('closing – connections that are idle, or have not been used yet – do not hold it up', async () => {
  const { server } = await createApp({
    contract: defineContract('wordcloud-seg', {}),
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test', { processMetrics: false }),
    checks: {},
  });
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  await (await fetch(`${origin}/healthz`)).text();
  const unused = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  await once(server.server, 'connection');
  const started = performance.now();
  await server.close();
  expect(performance.now() - started).toBeLessThan(2_000);
  unused.destroy();
});

it('closing – a first request is on its way on a new connection – it is answered', async () => {
  const { server } = await createApp({
    contract: defineContract('wordcloud-seg', {}),
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test', { processMetrics: false }),
    checks: {},
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const late = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  await once(server.server, 'connection');
  const closing = server.close();
  late.write('GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n');
  const [answer] = (await once(late, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
  await closing;
});

it('draining – each answer asks its client to leave the connection', async () => {
  const { server, health } = await createApp({
    contract: defineContract('wordcloud-seg', {}),
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test', { processMetrics: false }),
    checks: {},
  });
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  expect((await fetch(`${origin}/healthz`)).headers.get('connection')).not.toBe('close');
  health.drain();
  expect((await fetch(`${origin}/healthz`)).headers.get('connection')).toBe('close');
  await server.close();
});
