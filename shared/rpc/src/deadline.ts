import type { Operation } from '@wordcloud/contracts';

/** Header that carries the milliseconds that the caller waits, for this attempt. */
export const DEADLINE_HEADER = 'x-deadline-ms';

/** With this share of its time an attempt has had its chance: a pause before it, or a moment's delay here, is no excuse. */
const PATIENT_SHARE = 0.9;

/**
 * How long an attempt may take: what its operation says, or half of the whole for what may be tried again, since the first attempt could
 * use up all of it otherwise. In no case longer than the caller waits.
 *
 * @param leftMs until the caller waits no longer
 * @returns `timeoutMs`: whole milliseconds; `isPatient`: is that nearly all the time that an attempt has?
 */
export function attemptTime(operation: Operation, leftMs: number): { timeoutMs: number; isPatient: boolean } {
  const wholeMs = operation.attemptTimeoutMs ?? (operation.idempotent ? operation.timeoutMs / 2 : operation.timeoutMs);
  return { timeoutMs: Math.max(0, Math.ceil(Math.min(leftMs, wholeMs))), isPatient: leftMs >= PATIENT_SHARE * wholeMs };
}
