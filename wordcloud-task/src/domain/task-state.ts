/**
 * The states of a task and what may follow what: pure rules, no storage.
 *
 * waiting → processing (leased) → succeeded | failed | parked (a pause before the next attempt) → waiting
 */
import { type Progress, TASK_STAGES, type TaskError, type TaskStatus } from '@wordcloud/contracts';

/** `parked` is shown to callers as `waiting`. */
export type State = TaskStatus | 'parked';

export const QUEUED: Progress = { stage: 'queued', percent: 0 };
export const DONE: Progress = { stage: 'done', percent: 100 };

/** How the failure of an attempt is to be taken; the contract explains each. */
export type Retry = 'never' | 'later' | 'uncounted';

export type AfterFailure =
  | { state: 'parked'; pauseMs: number; attempts: number }
  | { state: 'failed'; error: TaskError };

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Nobody was there to begin: look again soon. */
const UNCOUNTED_PAUSE_MS = 1_000;

/**
 * What becomes of a task whose attempt has failed.
 *
 * @param attempts counted attempts, this one included
 * @param random 0 to 1; pauses are spread so that many failed tasks do not come back at once
 */
export function afterFailure(
  retry: Retry,
  error: TaskError,
  attempts: number,
  maxAttempts: number,
  random: () => number,
): AfterFailure {
  if (retry === 'uncounted') return { state: 'parked', pauseMs: UNCOUNTED_PAUSE_MS, attempts: attempts - 1 };
  if (retry === 'never' || attempts >= maxAttempts) return { state: 'failed', error };
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
  return { state: 'parked', pauseMs: Math.round(pause * (0.5 + random() / 2)), attempts };
}

/** What becomes of a task whose lease has ended without a word. */
export function afterSilence(attempts: number, maxAttempts: number): 'waiting' | TaskError {
  if (attempts < maxAttempts) return 'waiting';
  const detail = `The task was begun ${attempts} times and never finished. Try again with a smaller text or fewer words.`;
  return { code: 'GAVE_UP', detail };
}

/** Progress only goes forward within an attempt; reports may overtake each other on the way. */
export function isForward(from: Progress, to: Progress): boolean {
  const [before, after] = [TASK_STAGES.indexOf(from.stage), TASK_STAGES.indexOf(to.stage)];
  return after > before || (after === before && to.percent > from.percent);
}
