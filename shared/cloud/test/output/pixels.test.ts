import { describe, expect, it } from 'vitest';
import { encodeWebp, previewPng } from '../../src/index.ts';
import { decode } from '../oracle.ts';
import { CONTOUR, sampleCloud } from './sample.ts';

/** The greatest difference of a channel as it is seen: what is nearly transparent has hardly a colour. */
function worst(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const opacity = i % 4 === 3 ? 1 : Math.max(a[i | 3]!, b[i | 3]!) / 255;
    most = Math.max(most, Math.round(Math.abs(a[i]! - b[i]!) * opacity));
  }
  return most;
}

describe('encodeWebp', () => {
  it.each(['#ffffff', '#101820', 'transparent'])(
    'background %s – the pixels of the PNG, and smaller',
    async (background) => {
      const cloud = await sampleCloud({ background });
      const webp = await encodeWebp(cloud);
      expect(Buffer.from(webp.subarray(8, 12)).toString()).toBe('WEBP');
      expect(webp.length).toBeLessThan(cloud.png.length);
      const [found, wanted] = [(await decode(webp)).data, (await decode(cloud.png)).data];
      expect(worst(found, wanted)).toBeLessThanOrEqual(background === 'transparent' ? 1 : 0);
      expect(Buffer.from(await encodeWebp(cloud)).equals(Buffer.from(webp))).toBe(true);
    },
  );
});

describe('previewPng', () => {
  it('smaller, in the same proportion, and looks the same', async () => {
    const cloud = await sampleCloud();
    const { width, height } = await decode(await previewPng(cloud, 150));
    expect([width, height]).toEqual([150, 100]);
    const whole = await decode(await previewPng(cloud, 2048));
    expect(worst(whole.data, (await decode(cloud.png)).data)).toBe(0);
  });

  it('transparent – stays so; contour – is drawn', async () => {
    const cloud = await sampleCloud({ background: 'transparent' });
    const { data } = await decode(await previewPng({ ...cloud, contour: CONTOUR }, 600));
    expect(data[3]).toBe(0);
    expect(Array.from(data.subarray((5 * 600 + 300) * 4, (5 * 600 + 300) * 4 + 4))).toEqual([255, 0, 0, 255]);
  });

  it.each([0, 15, 2049, 10.5, Number.NaN])('side %s – INVALID_OPTION', async (side) => {
    await expect(previewPng(await sampleCloud(), side)).rejects.toMatchObject({ code: 'INVALID_OPTION' });
  });
});
