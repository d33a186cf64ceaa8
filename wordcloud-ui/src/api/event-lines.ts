/** The event stream of the bff as values. */
import type { Task } from '@wordcloud/contracts';
import { createParser } from 'eventsource-parser';

export type TaskEvent =
  | { kind: 'task'; task: Task }
  | { kind: 'deleted'; id: string }
  /** Something may have been missed: load everything anew. */
  | { kind: 'reset' };

export interface ReadOptions {
  onEvent: (event: TaskEvent, id: string | undefined) => void;
  /** Milliseconds of silence after which the line counts as dead; the server says something every 15 s. */
  silenceMs: number;
}

/**
 * Reads until the stream ends.
 *
 * @throws Error when the line breaks or is silent for too long
 */
export async function readEvents(body: ReadableStream<Uint8Array>, { onEvent, silenceMs }: ReadOptions): Promise<void> {
  const parser = createParser({
    onEvent({ event, data, id }) {
      const value = toTaskEvent(event, data);
      if (value !== undefined) onEvent(value, id);
    },
  });
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  for (;;) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`Nothing came for ${silenceMs} ms.`)), silenceMs);
    });
    try {
      const { done, value } = await Promise.race([reader.read(), silence]);
      if (done) return;
      parser.feed(value);
    } catch (error) {
      void reader.cancel().catch(() => {});
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

function toTaskEvent(name: string | undefined, data: string): TaskEvent | undefined {
  switch (name) {
    case 'task':
      return { kind: 'task', task: JSON.parse(data) as Task };
    case 'deleted':
      return { kind: 'deleted', id: (JSON.parse(data) as { id: string }).id };
    case 'reset':
      return { kind: 'reset' };
    default:
      return undefined;
  }
}
