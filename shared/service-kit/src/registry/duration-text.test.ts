import { expect, it } from 'vitest';
import { durationText } from './duration-text.ts';

it.each([
  [0, '0 s'],
  [0.9, '0 s'],
  [59.9, '59 s'],
  [60, '1 min'],
  [153, '2 min 33 s'],
  [3_601, '1 h'],
  [14_700, '4 h 5 min'],
  [2 * 86_400 + 3 * 3_600 + 59, '2 d 3 h'],
])('%d s – %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
