/** Segments in worker threads. */
import { createWorkerPool, type WorkerPool } from '@wordcloud/service-kit';
import type { Metrics } from '@wordcloud/telemetry';
import type { Segmenter, SegmentResult } from '../domain/segment-text.ts';
import type { SegmentJob } from './segment-worker.ts';

/** @param threads 0: one for each core */
export function createWorkerSegmenter(
  threads: number,
  metrics: Metrics,
): Segmenter & Pick<WorkerPool<never, never>, 'close'> {
  const pool = createWorkerPool<SegmentJob, SegmentResult>({
    worker: new URL('./segment-worker.ts', import.meta.url),
    threads,
    metrics,
  });
  return {
    segment: (bytes, options, signal) => pool.run({ bytes, options }, { signal }),
    close: () => pool.close(),
  };
}
