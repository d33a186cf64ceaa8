/** Lays out, draws and encodes in worker threads. */
import { MessageChannel } from 'node:worker_threads';
import { createWorkerPool, type WorkerPool } from '@wordcloud/service-kit';
import { type Metrics, notePart } from '@wordcloud/telemetry';
import type { Drawing, Encoder, Painter } from '../domain/ports.ts';
import type { PaintMessage } from './paint-worker.ts';
import type { PictureJob } from './picture-worker.ts';

/** @param threads 0: one for each core */
export function createPictureWorkers(
  threads: number,
  metrics: Metrics,
): Painter & Encoder & Pick<WorkerPool<never, never>, 'close'> {
  const pool = createWorkerPool<PictureJob, Drawing | Uint8Array>({
    worker: new URL('./picture-worker.ts', import.meta.url),
    threads,
    metrics,
  });
  return {
    async paint(words, options, mask, events, signal) {
      const { port1, port2 } = new MessageChannel();
      port1.on('message', (message: PaintMessage) => {
        if ('preview' in message) events.onPreview(message.preview);
        else events.onStage(message.stage, message.percent);
      });
      try {
        const job = { kind: 'paint', words, options, mask, messages: port2 } as const;
        const drawing = (await pool.run(job, { signal, transfer: [port2] })) as Drawing;
        noteParts(drawing);
        return drawing;
      } finally {
        port1.close();
      }
    },
    async encode(source, format, naming, signal) {
      return (await pool.run({ kind: 'encode', source, format, naming }, { signal })) as Uint8Array;
    },
    close: () => pool.close(),
  };
}

/** The thread, which knows nothing of traces, has done both just now, one after the other. */
function noteParts({ ms: { layout, draw }, placed }: Drawing): void {
  notePart('layout', layout, draw, { 'cloud.words.placed': placed.length });
  notePart('draw', draw);
}
