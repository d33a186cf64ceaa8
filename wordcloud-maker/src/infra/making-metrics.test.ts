import type { MakeReply } from '@wordcloud/contracts';
import { createMetrics } from '@wordcloud/telemetry';
import { expect, it } from 'vitest';
import type { MakeCloud } from '../domain/make-cloud.ts';
import { measureMaking } from './making-metrics.ts';

const STATS = {
  tokens: 90,
  distinct: 20,
  placed: 15,
  fill: 0.5,
  ms: { segment: 100, layout: 250, draw: 50, total: 500 },
};

it('a cloud – its stages in seconds, its words by kind; one that fails counts nothing', async () => {
  const { registry } = createMetrics('me', { processMetrics: false });
  let isBroken = false;
  const makeCloud = measureMaking(
    async () => {
      if (isBroken) throw new Error('broken');
      return { stats: STATS } as MakeReply;
    },
    { registry },
  );
  const input = [{}, {}] as unknown as Parameters<MakeCloud>;
  expect(await makeCloud(...input)).toEqual({ stats: STATS });
  isBroken = true;
  await expect(makeCloud(...input)).rejects.toThrow('broken');
  const lines = (await registry.metrics()).matchAll(/^cloud_(\w+)\{.*?(?:stage|kind)="(\w+)".*\} (\S+)$/gm);
  const found = [...lines].map(([, name, label, value]) => `${name} ${label} ${value}`);
  expect(found.filter((line) => !line.includes('_bucket'))).toEqual([
    ...['segment 0.1', 'layout 0.25', 'draw 0.05', 'total 0.5'].flatMap((line) => [
      `stage_seconds_sum ${line}`,
      `stage_seconds_count ${line.split(' ')[0]} 1`,
    ]),
    'words_total counted 90',
    'words_total distinct 20',
    'words_total placed 15',
  ]);
});
