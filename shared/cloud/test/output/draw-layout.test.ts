import { describe, expect, it } from 'vitest';
import {
  type Cloud,
  type CloudOptions,
  drawLayout,
  encodeHtml,
  encodePdf,
  encodeSvg,
  encodeSvgWithFont,
  layoutJson,
  makeCloud,
  type Picture,
  previewPng,
  readLayoutJson,
} from '../../src/index.ts';
import { decode } from '../oracle.ts';
import { sampleCloud } from './sample.ts';

/** As it is when it comes from a store. */
const drawnAgain = (cloud: Cloud) => drawLayout(readLayoutJson(layoutJson(cloud)));
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

describe('drawLayout', () => {
  // The words of the sample are Chinese, Arabic and emoji among others.
  it.each<Partial<CloudOptions>>([
    {},
    { font: 'sans-light', angles: [-37, 0, 12.5], contour: 3, shape: 'heart' },
    { font: 'sans-black', repeat: true, background: 'transparent' },
    { font: 'sans', scale: 2, contour: 4, colorBy: 'rank', background: '#101820' },
  ])('%j – every format is that of the finished cloud', async (options) => {
    const cloud = await sampleCloud(options);
    const again = drawnAgain(cloud);
    expect(encodeSvg(again)).toBe(cloud.svg());
    expect(await encodeSvgWithFont(again)).toBe(await encodeSvgWithFont(cloud));
    expect(encodeHtml(again)).toBe(encodeHtml(cloud));
    expect(layoutJson(again)).toBe(layoutJson(cloud));
    expect(same(await encodePdf(again), await encodePdf(cloud))).toBe(true);
    expect(same(await previewPng(again, 200), await previewPng(cloud, 200))).toBe(true);
  });

  it('a layout that does not tell its font, and a word that no font has – INVALID_OPTION', async () => {
    const { font: _font, ...old } = readLayoutJson(layoutJson(await sampleCloud()));
    expect(() => drawLayout(old)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining('no font') }),
    );
    const words = old.words.map((word, i) => (i === 3 ? { ...word, word: '\u{13000}' } : word));
    expect(() => drawLayout({ ...old, font: 'sans', words })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining('\u{13000}') }),
    );
  });
});

describe('onLayout', () => {
  const words = Array.from({ length: 80 }, (_, i) => ({ word: `word${i}`, weight: 90 - i }));

  it('the places of the layout, before anything is painted, and waited for', async () => {
    const steps: string[] = [];
    let picture: Picture | undefined;
    const options = { width: 900, height: 600, scale: 2, contour: 5, background: '#101820', font: 'sans' } as const;
    const cloud = await makeCloud(words, options, {
      onLayout: async (given) => {
        picture = given;
        steps.push('preview');
        expect(await previewPng(given, 300)).toBeInstanceOf(Uint8Array);
        steps.push('shown');
      },
      onStage: (stage) => steps.push(stage),
    });
    expect(steps.filter((step, i) => step !== steps[i - 1])).toEqual(['layout', 'preview', 'shown', 'drawing']);
    const { drawn, ...frame } = picture!;
    const { contour, font, width, height, background } = cloud;
    expect(frame).toEqual({ contour, font, width, height, background });
    expect(drawn).toHaveLength(80);
    for (const [i, word] of drawn.entries()) {
      const { fontSize, ...painted } = cloud.drawn[i]!;
      expect(word).toMatchObject(painted);
      expect(fontSize / word.fontSize).toBeGreaterThan(0.85);
      expect(fontSize).toBeLessThanOrEqual(word.fontSize + 1e-9);
    }
  });

  it('its preview – looks like the picture', async () => {
    let preview: Uint8Array | undefined;
    const cloud = await makeCloud(
      words,
      { width: 800, height: 600 },
      {
        onLayout: async (picture) => {
          preview = await previewPng(picture, 400);
        },
      },
    );
    const [early, late] = [await decode(preview!), await decode(await previewPng(cloud, 400))];
    expect([early.width, early.height]).toEqual([400, 300]);
    const far = early.data.filter((value, at) => Math.abs(value - late.data[at]!) > 60);
    expect(far.length / early.data.length).toBeLessThan(0.01);
  });

  it('no word has room – not called', async () => {
    const hooks = {
      onLayout: () => {
        throw new Error('called');
      },
    };
    const making = makeCloud([{ word: 'W'.repeat(60), weight: 1 }], { width: 64, height: 64 }, hooks);
    await expect(making).rejects.toMatchObject({ code: 'NO_DRAWABLE_WORDS' });
  });

  it('what it throws – ends the work', async () => {
    const hooks = { onLayout: () => Promise.reject(new Error('gone')) };
    await expect(makeCloud(words, {}, hooks)).rejects.toThrow('gone');
  });
});
