import { describe, expect, it } from 'vitest';
import { ANGLES, readAngles, turnedBy, turningOf } from './turning.ts';

const LIMIT = { minimum: -90, maximum: 90, count: 4 };

describe('turning', () => {
  it.each(['none', 'mixed', 'slight', 'free', ...Object.keys(ANGLES)])('%s – there and back', (name) => {
    expect(turningOf({ rotation: 'mixed', angles: [7], ...turnedBy(name) })).toBe(name);
  });

  it('any other list – is one’s own', () => {
    expect(turningOf({ rotation: 'none', angles: [0, 5] })).toBe('own');
  });

  it.each([
    ['', []],
    ['-30, 0，30；45', [-30, 0, 30, 45]],
    ['−30° 12.5', [-30, 12.5]],
    ['0 0 90', [0, 0, 90]],
    ['91', undefined],
    ['one', undefined],
    ['1 2 3 4 5', undefined],
  ])('readAngles %j', (text, angles) => {
    expect(readAngles(text, LIMIT)).toEqual(angles);
  });
});
