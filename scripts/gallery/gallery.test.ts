import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PALETTES, SHAPES } from '@wordcloud/cloud';
import { expect, it } from 'vitest';
import { readArguments } from '../cloud/options.ts';
import { galleryPage } from './page.ts';
import { SECTIONS } from './pictures.ts';

const folder = resolve(import.meta.dirname, '../../docs/gallery');
const pictures = SECTIONS.flatMap((section) => section.pictures);

it('shows every shape and every palette', () => {
  const names = pictures.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(SHAPES.map((name) => `shape-${name}`)));
  expect(names).toEqual(expect.arrayContaining(Object.keys(PALETTES).map((name) => `palette-${name}`)));
  expect(new Set(names).size).toBe(names.length);
});

it('has commands that are understood', () => {
  for (const { args, name, format } of pictures) {
    expect(readArguments([...args, '-o', `${name}.${format}`])).toMatchObject({ outputs: [{ format }] });
  }
});

it('is the page that lies in docs, with all its pictures; npm run gallery makes it', () => {
  expect(readFileSync(resolve(folder, 'README.md'), 'utf8')).toBe(galleryPage(SECTIONS));
  for (const { name, format } of pictures) expect(existsSync(resolve(folder, `${name}.${format}`)), name).toBe(true);
});
