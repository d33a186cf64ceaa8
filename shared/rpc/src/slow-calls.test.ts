import { describe, expect, it } from 'vitest';
import type { RemoteInstance } from './remote-instance.ts';
import { isMuchSlower } from './slow-calls.ts';

const remote = (pace: number | undefined, isAble = true) =>
  ({
    takesCalls: () => isAble,
    paceOf: (operationId: string) => (operationId === 'op' ? pace : undefined),
  }) as unknown as RemoteInstance;

describe('isMuchSlower', () => {
  const self = remote(1);

  it.each<[string, RemoteInstance[], number, boolean]>([
    ['more than five times the mean of the others', [remote(40), remote(60)], 251, true],
    ['five times the mean', [remote(40), remote(60)], 250, false],
    ['more than five times, but below 200 ms', [remote(1)], 199, false],
    ['nobody else', [], 10_000, false],
    ['the others have done too little to say', [remote(undefined)], 10_000, false],
    ['the others take no calls: they are no measure', [remote(1, false)], 10_000, false],
    ['one is no measure: another is', [remote(1, false), remote(100)], 300, false],
  ])('%s', (_name, others, ms, expected) => {
    expect(isMuchSlower(self, [self, ...others], 'op', ms)).toBe(expected);
  });

  it('other operations – are no measure', () => {
    expect(isMuchSlower(self, [self, remote(1)], 'other', 10_000)).toBe(false);
  });
});
