import { expect, it } from 'vitest';
import { formatBytes } from './format-bytes.ts';

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1536, '1.5 kB'],
  [10 * 1024 * 1024, '10 MB'],
  [3 * 1024 ** 4, '3,072 GB'],
])('%d → %s', (bytes, text) => {
  expect(formatBytes(bytes, 'en')).toBe(text);
});
