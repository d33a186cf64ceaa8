import { createMetrics } from '@wordcloud/telemetry';
import { expect, it } from 'vitest';
import type { Uploads } from '../domain/create-cloud.ts';
import { measureEventStreams, measureUploads } from './door-metrics.ts';

it('uploads – the size of those that were accepted; streams – as many as are open now', async () => {
  const { registry } = createMetrics('me', { processMetrics: false });
  let open = 0;
  const create = async ({ id }: { id: string }) => {
    if (id === 'refused') throw new Error('no');
    return { id };
  };
  const uploads = measureUploads({ create } as unknown as Uploads, { registry });
  measureEventStreams(() => open, { registry });
  const cloudOf = (id: string, bytes: number) => ({ id, source: { bytes } }) as Parameters<Uploads['create']>[0];
  expect(await uploads.create(cloudOf('a', 500), {})).toEqual({ id: 'a' });
  await uploads.create(cloudOf('b', 50_000), {});
  await expect(uploads.create(cloudOf('refused', 7), {})).rejects.toThrow('no');
  open = 3;
  const text = await registry.metrics();
  expect(text).toMatch(/^upload_text_bytes_bucket\{le="1000",.*\} 1$/m);
  expect(text).toMatch(/^upload_text_bytes_sum\{.*\} 50500$/m);
  expect(text).toMatch(/^upload_text_bytes_count\{.*\} 2$/m);
  expect(text).toMatch(/^event_streams_open\{.*\} 3$/m);
});
