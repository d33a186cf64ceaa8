import { describe, expect, it } from 'vitest';
import { read, write } from '../test/harness.ts';
import { attemptTime } from './deadline.ts';

describe('attemptTime', () => {
  it.each([
    ['idempotent', read, 9_999, 4_000, true],
    ['idempotent, the end is near', read, 1_234.5, 1_235, false],
    ['not idempotent', write, 8_000, 8_000, true],
    ['idempotent, after a first attempt and a pause', read, 3_960, 3_960, true],
    ['not idempotent, the end is near', write, 7_199.9, 7_200, false],
    ['not idempotent, some time has passed since the call began', write, 7_200, 7_200, true],
    ['its own time', { ...read, attemptTimeoutMs: 300 }, 8_000, 300, true],
    ['its own time, not idempotent', { ...write, attemptTimeoutMs: 300 }, 8_000, 300, true],
    ['the time is over', read, -5, 0, false],
  ])('%s', (_name, operation, leftMs, timeoutMs, isPatient) => {
    expect(attemptTime(operation, leftMs)).toEqual({ timeoutMs, isPatient });
  });
});
