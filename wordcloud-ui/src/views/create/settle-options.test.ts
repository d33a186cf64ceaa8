import { checkOptionsTogether, DEFAULT_OPTIONS, LIMITS } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { mostScale, settleOptions } from './settle-options.ts';

const LONGEST = LIMITS.side.maximum;

describe('settleOptions', () => {
  it.each([
    { change: { scale: 4, width: 1920 }, settled: { scale: 2 } },
    { change: { scale: 8, height: 4096 }, settled: { scale: 1 } },
    { change: { colorBy: 'image' as const }, settled: { colorBy: 'random' } },
    { change: { minFontSize: 40, maxFontSize: 20 }, settled: { maxFontSize: null, minFontSize: 40 } },
  ])('$change – is refused by the server, and $settled is not', ({ change, settled }) => {
    const options = { ...DEFAULT_OPTIONS, ...change };
    expect(() => checkOptionsTogether(options, false)).toThrow();
    settleOptions(options, false, LONGEST);
    expect(options).toMatchObject(settled);
    checkOptionsTogether(options, false);
  });

  it('what goes together – stays', () => {
    const options = { ...DEFAULT_OPTIONS, scale: 3, colorBy: 'image' as const, minFontSize: 9, maxFontSize: 9 };
    const before = { ...options };
    settleOptions(options, true, LONGEST);
    expect(options).toEqual(before);
  });

  it('mostScale – so that the longer side fits', () => {
    expect(mostScale({ width: 1200, height: 800 }, LONGEST)).toBe(3);
    expect(mostScale({ width: 64, height: 4096 }, LONGEST)).toBe(1);
  });
});
