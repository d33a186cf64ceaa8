import { describe, expect, it } from 'vitest';
import { runsOf } from './fonts.ts';
import { shapeOf, type WordShape } from './word-shape.ts';

const shape = (word: string): WordShape => shapeOf(word, 'sans-bold')!;
const xs = ({ points }: WordShape['letters']) => Array.from(points).filter((_, i) => i % 2 === 0);

describe('shapeOf', () => {
  it.each([
    'tea',
    '茶馆',
    'ネコ',
    '서울',
    'مدينة',
    'ירושלים',
    'กรุงเทพ',
    'हिन्दी',
    'Ελλάδα',
    'Москва',
    'AI技术',
    '👍🏽',
    'I❤️NY',
    '1️⃣',
  ])('%s – has a shape, centred on its ink', (word) => {
    const { outline, width, height } = shape(word);
    const x = xs(outline);
    expect(Math.max(...x)).toBeCloseTo(width / 2);
    expect(Math.min(...x)).toBeCloseTo(-width / 2);
    expect(height).toBeGreaterThan(0.2);
  });

  it.each(['', ' ', '\u200d', '\u{13000}', 'tea\u{13000}', '\ue000'])('%j – has none', (word) => {
    expect(shapeOf(word, 'sans-bold')).toBeUndefined();
  });

  it('digits after Arabic – stand left of it, and are not mirrored', () => {
    const digits = shape('123');
    const word = shape('كتاب123');
    // The digits come first in the outline, each point a letter's width away from where it is in the digits alone.
    expect(xs(word.letters)[0]! + word.width / 2).toBeCloseTo(xs(digits.letters)[0]! + digits.width / 2, 1);
    expect(runsOf('123', 'sans-bold')).toHaveLength(1);
  });

  it('composed and decomposed letters – look the same', () => {
    expect(shape('e\u0301te\u0301')).toEqual(shape('été'));
  });

  it('a mark that no composed letter has – stands above its letter, not after it', () => {
    expect(shape('x\u0301').width).toBeLessThan(shape('x').width * 1.3);
    expect(shape('ạ\u0301').width).toBeLessThan(shape('a').width * 1.3);
  });

  it('signs that are letters and pictures – are letters unless a picture is asked for', () => {
    expect(shape('©').emoji).toHaveLength(0);
    expect(shape('©\ufe0f').emoji).toHaveLength(1);
    expect(shape('2024').emoji).toHaveLength(0);
  });

  it('families and flags – are one picture', () => {
    for (const word of ['👩‍💻', '👨‍👩‍👧‍👦', '🇫🇷']) {
      expect(shape(word).emoji).toHaveLength(1);
      expect(shape(word).width).toBeLessThan(1.5);
    }
  });

  it('weights of the font – bolder ones are wider', () => {
    const widths = (['sans-light', 'sans', 'sans-bold', 'sans-black'] as const).map(
      (font) => shapeOf('wide', font)!.width,
    );
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(new Set(widths).size).toBe(4);
  });
});
