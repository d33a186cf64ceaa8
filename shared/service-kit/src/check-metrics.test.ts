import { createMetrics } from '@wordcloud/telemetry';
import { expect, it } from 'vitest';
import { measureChecks } from './check-metrics.ts';

it('what works, what does not, and what hangs – each by its name, asked anew each time', async () => {
  const { registry } = createMetrics('me', { processMetrics: false });
  let isDown = true;
  const checks = {
    objects: async () => {},
    database: async () => {
      if (isDown) throw new Error('away');
    },
    services: () => new Promise(() => {}),
  };
  measureChecks(checks, { registry }, 10);
  const read = async () =>
    Object.fromEntries(
      [...(await registry.metrics()).matchAll(/check="(\w+)".*\} (\d)$/gm)].map(([, name, up]) => [name, up]),
    );
  expect(await read()).toEqual({ objects: '1', database: '0', services: '0' });
  isDown = false;
  expect(await read()).toEqual({ objects: '1', database: '1', services: '0' });
});

it('nothing to check – no metric', async () => {
  const { registry } = createMetrics('me', { processMetrics: false });
  measureChecks({}, { registry });
  expect(await registry.metrics()).not.toContain('readiness');
});
