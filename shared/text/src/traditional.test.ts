import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSimplified } from './traditional.ts';

describe('toSimplified', () => {
  it('traditional – character by character – simplified', () => {
    expect(toSimplified('臺灣的軟體，後來於圖書館裡。')).toBe('台湾的软体，后来于图书馆里。');
  });

  it('simplified – even with characters that are traditional elsewhere – stays', () => {
    const text = '著名作家在瞭望台干杯，头发、皇后、乾隆。𠮷';
    expect(toSimplified(text)).toBe(text);
  });

  it('any text – keeps its length, and folding twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = toSimplified(text);
        return once.length === text.length && toSimplified(once) === once;
      }),
    );
  });
});
