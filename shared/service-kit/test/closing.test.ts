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
