import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

const draw = (seed: number, count: number) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random());
};

describe('createRandom', () => {
  it('any seed – the same numbers again, all from 0 to below 1', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (seed) => {
        const numbers = draw(seed, 50);
        expect(draw(seed, 50)).toEqual(numbers);
        for (const number of numbers) expect(number >= 0 && number < 1).toBe(true);
      }),
    );
  });

  it('neighbouring seeds – give numbers that have nothing in common', () => {
    expect(new Set(Array.from({ length: 1000 }, (_, seed) => draw(seed, 1)[0])).size).toBe(1000);
  });

  it('many numbers – are spread evenly', () => {
    const tenths = new Array<number>(10).fill(0);
    for (const number of draw(7, 100_000)) tenths[Math.floor(number * 10)]!++;
    // Five standard deviations of a binomial distribution.
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(475);
  });
});
