import { describe, expect, it } from 'vitest';
import { nextIndex } from './word-keys.ts';

describe('nextIndex', () => {
  it('arrows – by one, not beyond the ends', () => {
    expect(nextIndex('ArrowRight', 0, 3)).toBe(1);
    expect(nextIndex('ArrowDown', 2, 3)).toBe(2);
    expect(nextIndex('ArrowLeft', 0, 3)).toBe(0);
    expect(nextIndex('ArrowUp', 2, 3)).toBe(1);
  });

  it('first, last, by ten', () => {
    expect(nextIndex('End', 0, 30)).toBe(29);
    expect(nextIndex('Home', 12, 30)).toBe(0);
    expect(nextIndex('PageDown', 12, 30)).toBe(22);
    expect(nextIndex('PageUp', 5, 30)).toBe(0);
  });

  it('other keys – stay free', () => {
    expect(nextIndex('a', 0, 3)).toBeUndefined();
    expect(nextIndex('Tab', 0, 3)).toBeUndefined();
  });
});
