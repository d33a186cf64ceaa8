import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCALINGS } from './options.ts';
import { sharesOf } from './scaling.ts';

describe('sharesOf', () => {
  it('rank – even steps, whatever the weights; equal weights have one rank', () => {
    const shares = sharesOf([1000, 90, 90, 1], 'rank');
    expect(shares[1]).toBe(shares[2]);
    expect(shares[0]! - shares[1]!).toBeCloseTo(shares[1]! - shares[3]!, 10);
    expect(sharesOf([5], 'rank')).toEqual([1]);
  });

  it('linear, sqrt – proportional to the weight, and to its root', () => {
    expect(sharesOf([16, 4, 1], 'linear')).toEqual([1, 0.25, 0.0625]);
    expect(sharesOf([16, 4, 1], 'sqrt')).toEqual([1, 0.5, 0.25]);
  });

  it.each(SCALINGS)('%s – any weights: from 1 down, above 0, never against the weights', (scaling) => {
    const weights = fc.array(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(weights, (list) => {
        const shares = sharesOf(
          list.toSorted((a, b) => b - a),
          scaling,
        );
        expect(shares[0]).toBe(1);
        expect(shares.at(-1)).toBeGreaterThan(0);
        for (let i = 1; i < shares.length; i++) expect(shares[i]).toBeLessThanOrEqual(shares[i - 1]!);
      }),
    );
  });
});
