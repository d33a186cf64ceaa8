import { expect, it } from 'vitest';
import en from '@/i18n/en/index.ts';
import { downloadsOf } from './downloads.ts';

it('downloadsOf – each format, and SVG also with text', () => {
  expect(downloadsOf(['png', 'svg', 'pdf']).map(({ file }) => file)).toEqual([
    'image.png',
    'image.svg',
    'image.svg?text=1',
    'image.pdf',
  ]);
});

it('every format that is announced – has a name and a hint', () => {
  const { formats, hints } = en.cloud.save;
  for (const { name } of downloadsOf(['png', 'svg', 'pdf', 'webp', 'html', 'json'])) {
    expect(Object.keys(formats)).toContain(name);
    expect(Object.keys(hints)).toContain(name);
  }
});
