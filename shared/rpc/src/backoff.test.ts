import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  it.each([
    [1, 20],
    [2, 40],
    [3, 80],
    [4, 160],
    [5, 250],
    [6, 250],
    [2_000, 250],
  ])('after %i attempts – anything from 0 to below %i', (attempts, bound) => {
    expect(backoffMs(attempts, () => 0)).toBe(0);
    expect(backoffMs(attempts, () => 0.5)).toBe(bound / 2);
    expect(backoffMs(attempts, () => 1 - Number.EPSILON)).toBeCloseTo(bound, 6);
  });
});
