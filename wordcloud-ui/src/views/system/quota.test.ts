import { expect, it } from 'vitest';
import { emptyLeast, readQuota } from './quota.ts';

it.each([
  ['"address";r=397;t=1, "user";r=198;t=1', { address: 397, user: 198 }],
  ['"user";t=1;r=0', { user: 0 }],
  ['"user";t=1', {}],
  ['nonsense', {}],
  [null, {}],
])('readQuota: %s', (header, quota) => {
  expect(Object.fromEntries(readQuota(header))).toEqual(quota);
});

it('emptyLeast – the limit that had the least left is empty', () => {
  const quota = new Map([
    ['address', 90],
    ['user', 12],
  ]);
  expect(Object.fromEntries(emptyLeast(quota))).toEqual({ address: 90, user: 0 });
  expect(emptyLeast(new Map()).size).toBe(0);
});
