/** The event stream of one tab: connects, reads, and after every break connects again where it was. */
import { isApiError } from './api-error.ts';
import { readEvents, type TaskEvent } from './event-lines.ts';
import { jittered } from './wait.ts';

export interface StreamParts {
  /** Opens the stream after the event of this id. @throws ApiError */
  open: (lastId: string | undefined, signal: AbortSignal) => Promise<Response>;
  /** Waits for so many milliseconds, or less when there is a reason to try at once. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  onEvent: (event: TaskEvent, id: string | undefined) => void;
  onLive: (isLive: boolean) => void;
  /** Where another stream of this user had arrived. */
  lastId: string | undefined;
  signal: AbortSignal;
  random?: () => number;
}

const FIRST_MS = 500;
const MOST_MS = 15_000;
const SILENCE_MS = 45_000;

/** Runs until the signal, or until the session is over. */
export async function followEvents(parts: StreamParts): Promise<void> {
  const { open, wait, onEvent, onLive, signal, random = Math.random } = parts;
  let { lastId } = parts;
  let pause = FIRST_MS;
  while (!signal.aborted) {
    try {
      const answer = await open(lastId, signal);
      pause = FIRST_MS;
      onLive(true);
      // The server starts with what happens from now on: what was before, nobody has told.
      if (lastId === undefined) onEvent({ kind: 'reset' }, undefined);
      await readEvents(answer.body!, {
        silenceMs: SILENCE_MS,
        onEvent(event, id) {
          lastId = id ?? lastId;
          onEvent(event, id);
        },
      });
    } catch (error) {
      if (isApiError(error, 'SESSION_ENDED')) break;
    }
    if (signal.aborted) break;
    onLive(false);
    await wait(jittered(pause, random), signal);
    pause = Math.min(pause * 2, MOST_MS);
  }
  onLive(false);
}
