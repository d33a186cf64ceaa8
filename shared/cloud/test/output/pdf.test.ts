import { createCanvas } from '@napi-rs/canvas';
import { extractText, getDocumentProxy, getMeta, renderPageAsImage } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { encodePdf } from '../../src/index.ts';
import { decode } from '../oracle.ts';
import { CONTOUR, meanDifference, sampleCloud, WORDS } from './sample.ts';

/** A reader takes the bytes away, so it gets its own. */
const open = (pdf: Uint8Array) => getDocumentProxy(new Uint8Array(pdf));
const render = async (pdf: Uint8Array) => {
  const image = await renderPageAsImage(new Uint8Array(pdf), 1, {
    scale: 4 / 3,
    canvasImport: () => import('@napi-rs/canvas'),
  });
  return decode(new Uint8Array(image));
};
const squeezed = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ');

describe('encodePdf', () => {
  it('any background – PDF.js draws it as the PNG is', async () => {
    for (const background of ['#ffffff', '#101820']) {
      const cloud = await sampleCloud({ background });
      const { width, height, data } = await render(await encodePdf(cloud));
      expect([width, height]).toEqual([600, 400]);
      const png = await decode(cloud.png);
      expect(meanDifference(data, png.data)).toBeLessThan(4);
      // The measure does see a picture that is wrong: the same one a few pixels off.
      const moved = createCanvas(600, 400).getContext('2d');
      moved.putImageData(new (await import('@napi-rs/canvas')).ImageData(png.data, 600, 400), 3, 3);
      expect(meanDifference(data, moved.getImageData(0, 0, 600, 400).data)).toBeGreaterThan(12);
    }
  });

  it('words can be found and copied, each as it was', async () => {
    const { text } = await extractText(await open(await encodePdf(await sampleCloud())), { mergePages: true });
    const found = squeezed(text);
    for (const word of WORDS) expect(found).toContain(squeezed(word));
  });

  it('more words than a font has signs – all are found', async () => {
    const cloud = await sampleCloud({ rotation: 'none' });
    const [item] = cloud.drawn;
    const drawn = Array.from({ length: 600 }, (_, i) => ({ ...item!, word: `w${i}x`, x: 300, y: 20 + i / 2 }));
    const { text } = await extractText(await open(await encodePdf({ ...cloud, drawn })), { mergePages: true });
    for (const { word } of drawn) expect(text).toContain(word);
  });

  it('title of any letters – is read as it was, half a pair as U+FFFD', async () => {
    const pdf = await encodePdf(await sampleCloud(), { title: '茶 (a\\) 👍 \ud800' });
    const { info } = await getMeta(await open(pdf));
    expect(info.Title).toBe('茶 (a\\) 👍 \ufffd');
  });

  it('contour – is drawn', async () => {
    const cloud = await sampleCloud();
    const { data } = await render(await encodePdf({ ...cloud, contour: CONTOUR }));
    expect(Array.from(data.subarray((5 * 600 + 300) * 4, (5 * 600 + 300) * 4 + 3))).toEqual([255, 0, 0]);
  });

  it('the same cloud – the same bytes', async () => {
    const [a, b] = [await sampleCloud(), await sampleCloud()];
    expect(Buffer.from(await encodePdf(a)).equals(Buffer.from(await encodePdf(b)))).toBe(true);
  });
});
