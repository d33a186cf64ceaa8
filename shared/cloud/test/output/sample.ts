/** A cloud of hard words, for the tests of the formats, and what they share. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Cloud, type CloudOptions, type Contour, makeCloud } from '../../src/index.ts';

export const HOSTILE = ['</script>', ']]>', `"'&<b>`, '<!--', '(a\\b)', 'new  york'];
export const WORDS = [
  ...['Alice', 'office', '茶馆', '云计算', 'ネコ', '서울', 'مدينة', 'ירושלים', 'กรุงเทพ', 'हिन्दी', 'Москва'],
  ...['AVATAR', 'AI技术', 'quartz-box-international', 'é', '👍🏽', 'I❤️NY', 'كتاب123', 'mañana', 'שָׁלוֹם', ...HOSTILE],
];

export const sampleCloud = (options: Partial<CloudOptions> = {}): Promise<Cloud> =>
  makeCloud([...WORDS.map((word, i) => ({ word, weight: 100 - i })), { word: '\u{13000}', weight: 3 }], {
    width: 600,
    height: 400,
    rotation: 'free',
    ...options,
  });

export const CONTOUR: Contour = { path: 'M 5 5 L 595 5 Q 595 200 595 395 L 5 395 Z', width: 6, color: '#ff0000' };

/** The browser that the environment names in `CHROMIUM`, else one of `PATH`; undefined when there is none. */
export const CHROMIUM =
  process.env.CHROMIUM ??
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
    .find(existsSync);

/** Mean difference of two pictures, 0 to 255, by the channel that differs most. */
export function meanDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 4) {
    sum += Math.max(...[0, 1, 2].map((channel) => Math.abs(a[i + channel]! - b[i + channel]!)));
  }
  return (sum * 4) / a.length;
}
