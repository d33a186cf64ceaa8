/** What people bring, and who watches. */
import { Gauge, Histogram, type Metrics } from '@wordcloud/telemetry';
import type { Uploads } from '../domain/create-cloud.ts';

/** From a note to the largest text that is allowed by default. */
const SIZE_BUCKETS = [1e3, 1e4, 1e5, 1e6, 1e7];

/** @returns the same, measured: the texts of tasks that were accepted */
export function measureUploads(uploads: Uploads, { registry }: Pick<Metrics, 'registry'>): Uploads {
  const bytes = new Histogram({
    name: 'upload_text_bytes',
    help: 'Size of the texts of accepted tasks',
    buckets: SIZE_BUCKETS,
    registers: [registry],
  });
  return {
    ...uploads,
    async create(cloud, context) {
      const task = await uploads.create(cloud, context);
      bytes.observe(cloud.source.bytes);
      return task;
    },
  };
}

/** @param count asked when somebody scrapes */
export function measureEventStreams(count: () => number, { registry }: Pick<Metrics, 'registry'>): void {
  new Gauge({
    name: 'event_streams_open',
    help: 'Pages that watch their tasks now',
    registers: [registry],
    collect() {
      this.set(count());
    },
  });
}
