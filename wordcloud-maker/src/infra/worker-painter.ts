/** Lays out and draws in worker threads. */
import { MessageChannel } from 'node:worker_threads';
import { createWorkerPool, type WorkerPool } from '@wordcloud/service-kit';
import { type Metrics, notePart } from '@wordcloud/telemetry';
import type { Drawing, Painter } from '../domain/ports.ts';
import type { PaintJob, StageMessage } from './paint-worker.ts';

/** @param threads 0: one for each core */
export function createWorkerPainter(
  threads: number,
  metrics: Metrics,
): Painter & Pick<WorkerPool<never, never>, 'close'> {
  const pool = createWorkerPool<PaintJob, Drawing>({
    worker: new URL('./paint-worker.ts', import.meta.url),
    threads,
    metrics,
  });
  return {
    async paint(words, options, mask, onStage, signal) {
      const { port1, port2 } = new MessageChannel();
      port1.on('message', ({ stage, percent }: StageMessage) => onStage(stage, percent));
      try {
        const drawing = await pool.run({ words, options, mask, stages: port2 }, { signal, transfer: [port2] });
        noteParts(drawing);
        return drawing;
      } finally {
        port1.close();
      }
    },
    close: () => pool.close(),
  };
}

/** The thread, which knows nothing of traces, has done both just now, one after the other. */
function noteParts({ ms: { layout, draw }, placed }: Drawing): void {
  notePart('layout', layout, draw, { 'cloud.words.placed': placed.length });
  notePart('draw', draw);
}
