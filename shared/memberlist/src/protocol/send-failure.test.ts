import { describe, expect, it } from 'vitest';
import { isRemoteFailure } from './send-failure.ts';

describe('isRemoteFailure', () => {
  it.each([
    ['ECONNREFUSED', true],
    ['ECONNRESET', true],
    ['EHOSTUNREACH', true],
    ['EHOSTDOWN', true],
    ['ENETUNREACH', true],
    ['ETIMEDOUT', true],
    ['EPIPE', true],
    ['EACCES', false],
    ['EPERM', false],
    ['EMSGSIZE', false],
    ['EMFILE', false],
    ['ENOBUFS', false],
    ['EADDRNOTAVAIL', false],
    [undefined, false],
  ])('%s – the other side’s fault: %s', (code, expected) => {
    const error = Object.assign(new Error('x'), { code });
    expect(isRemoteFailure(error)).toBe(expected);
    expect(isRemoteFailure(new Error('wrapped', { cause: error }))).toBe(expected);
  });
});
