import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { loadImage, Path2D } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cloud, type CloudOptions, makeCloud, PALETTES, ROTATIONS, SCALINGS, SHAPES } from '../src/index.ts';
import { shapeIn } from '../src/shapes.ts';
import { decode, imageOf, judge } from './oracle.ts';
import { words as many, WORDS } from './words.ts';

const hash = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

const CLEAN = { shared: 0, outside: 0 };

function expectMonotone({ placed }: Cloud): void {
  for (let i = 1; i < placed.length; i++) {
    expect(placed[i]!.weight).toBeLessThanOrEqual(placed[i - 1]!.weight);
    expect(placed[i]!.fontSize).toBeLessThanOrEqual(placed[i - 1]!.fontSize);
  }
}

describe('any words and options', () => {
  it('no overlap, inside, sizes by weight, every word placed or skipped with a reason', async () => {
    const words = fc.uniqueArray(
      fc.record({ word: fc.constantFrom(...WORDS), weight: fc.integer({ min: 1, max: 1000 }) }),
      {
        selector: ({ word }) => word,
        minLength: 1,
        maxLength: 20,
      },
    );
    const options = fc.record({
      width: fc.integer({ min: 64, max: 400 }),
      height: fc.integer({ min: 64, max: 300 }),
      shape: fc.constantFrom(...SHAPES),
      palette: fc.constantFrom(...(Object.keys(PALETTES) as CloudOptions['palette'][])),
      rotation: fc.constantFrom(...ROTATIONS),
      scaling: fc.constantFrom(...SCALINGS),
      background: fc.constantFrom('#ffffff', '#101820', 'transparent'),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(words, options, async (list, chosen) => {
        const cloud = await makeCloud(list, chosen);
        expect(await judge(cloud)).toEqual(CLEAN);
        expectMonotone(cloud);
        const told = [...cloud.placed, ...cloud.skipped].map(({ word }) => word).toSorted();
        expect(told).toEqual(list.map(({ word }) => word).toSorted());
        expect(cloud.fill).toBeGreaterThan(0);
        expect(cloud.fill).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it('the same input and seed – the same bytes; another seed – another picture', async () => {
    const options = { width: 400, height: 300, seed: 7 };
    const [a, b, c] = [
      await makeCloud(many(60), options),
      await makeCloud(many(60).toReversed(), options),
      await makeCloud(many(60), { ...options, seed: 8 }),
    ];
    expect([hash(b.png), hash(b.svg())]).toEqual([hash(a.png), hash(a.svg())]);
    expect(hash(c.png)).not.toBe(hash(a.png));
  });
});

describe('special cases', () => {
  it('another process, without the fonts of the system – the same bytes', async () => {
    const words = [...many(40), { word: '👍🏽', weight: 20 }, { word: 'مدينة', weight: 30 }];
    const options = { width: 500, height: 300, seed: 3, shape: 'heart' } as const;
    const script = `
      import { createHash } from 'node:crypto';
      import { makeCloud } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
      const { png, svg } = await makeCloud(${JSON.stringify(words)}, ${JSON.stringify(options)});
      for (const bytes of [png, svg()]) console.log(createHash('sha256').update(bytes).digest('hex'));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, DISABLE_SYSTEM_FONTS_LOAD: '1' },
    });
    const { png, svg } = await makeCloud(words, options);
    expect(stdout.trim().split('\n')).toEqual([hash(png), hash(svg())]);
  });

  it('the smallest picture – what fits is drawn, the rest is named', async () => {
    const cloud = await makeCloud(many(200), { width: 64, height: 64 });
    expect(cloud.placed.length).toBeGreaterThan(20);
    expect(cloud.placed.length + cloud.skipped.length).toBe(200);
    expect(await judge(cloud)).toEqual(CLEAN);
  });

  it('a word that fits in no way – is skipped, and the others are as large as without it', async () => {
    const options = { width: 64, height: 64, scaling: 'sqrt' } as const;
    const { placed, skipped } = await makeCloud([{ word: 'x'.repeat(80), weight: 3 }, ...many(3)], options);
    expect(skipped).toEqual([{ word: 'x'.repeat(80), reason: 'no-room' }]);
    expect(placed).toEqual((await makeCloud(many(3), options)).placed);
  });

  it('emoji among letters – are drawn in their colours', async () => {
    const { png, placed } = await makeCloud([{ word: 'a🍀', weight: 1 }], { width: 300, height: 200, palette: 'mono' });
    expect(placed).toHaveLength(1);
    const { data } = await decode(png);
    let green = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 1]! > data[i]! + 40 && data[i + 1]! > data[i + 2]! + 40) green++;
    }
    expect(green).toBeGreaterThan(1000);
  });

  it('one word, two words – fill a good part of the picture', async () => {
    for (const count of [1, 2]) {
      const { placed, fill } = await makeCloud(many(count), { width: 600, height: 400 });
      expect(placed).toHaveLength(count);
      expect(fill).toBeGreaterThan(0.08);
    }
  });

  it('a word wider than the picture – becomes smaller, the others stay readable', async () => {
    const words = [{ word: 'Donaudampfschifffahrtsgesellschaftskapitän', weight: 10 }, ...many(20)];
    const cloud = await makeCloud(
      words.map((word, i) => ({ ...word, weight: 100 - i })),
      { width: 300, height: 200 },
    );
    expect(cloud.placed).toHaveLength(21);
    expect(await judge(cloud)).toEqual(CLEAN);
  });

  it('2,000 words – most are placed, the rest is named', async () => {
    const cloud = await makeCloud(many(2000), { width: 1200, height: 800, scaling: 'linear' });
    expect(cloud.placed.length + cloud.skipped.length).toBe(2000);
    expect(cloud.placed.length).toBeGreaterThan(1000);
    expect(new Set(cloud.skipped.map(({ reason }) => reason))).toEqual(
      new Set(cloud.skipped.length > 0 ? ['no-room'] : []),
    );
    expectMonotone(cloud);
  });

  it('2,000 words for which there is room – all are placed', async () => {
    const cloud = await makeCloud(many(2000), { width: 1600, height: 1200, scaling: 'log' });
    expect(cloud.skipped).toEqual([]);
    expectMonotone(cloud);
  });

  it('few words – as much is free on one side as on the other', async () => {
    const { placed, png } = await makeCloud(many(3), { width: 600, height: 400 });
    expect(placed).toHaveLength(3);
    const { data } = await decode(png);
    const isInk = (x: number, y: number) => data[(y * 600 + x) * 4]! < 250;
    const indexes = (count: number) => Array.from({ length: count }, (_, i) => i);
    const columns = indexes(600).filter((x) => indexes(400).some((y) => isInk(x, y)));
    const rows = indexes(400).filter((y) => indexes(600).some((x) => isInk(x, y)));
    expect(Math.abs(columns[0]! - (599 - columns.at(-1)!))).toBeLessThanOrEqual(8);
    expect(Math.abs(rows[0]! - (399 - rows.at(-1)!))).toBeLessThanOrEqual(8);
  });

  it('equal weights – sizes hardly differ', async () => {
    const { placed } = await makeCloud(
      WORDS.map((word) => ({ word, weight: 1 })),
      { width: 800, height: 600 },
    );
    expect(placed).toHaveLength(WORDS.length);
    expect(placed.at(-1)!.fontSize / placed[0]!.fontSize).toBeGreaterThan(0.4);
  });

  it('the largest picture – is laid out like a small one', async () => {
    const cloud = await makeCloud(many(100), { width: 4096, height: 4096 });
    expect(cloud.placed).toHaveLength(100);
  });

  it('letters that no font has, no weight – skipped with the reason', async () => {
    const words = [
      { word: 'tea', weight: 1 },
      { word: '\u{13000}\u{13001}', weight: 5 },
      { word: 'zero', weight: 0 },
      { word: 'nan', weight: Number.NaN },
    ];
    const { placed, skipped } = await makeCloud(words, { width: 200, height: 100 });
    expect(placed.map(({ word }) => word)).toEqual(['tea']);
    expect(skipped).toEqual([
      { word: 'zero', reason: 'no-weight' },
      { word: 'nan', reason: 'no-weight' },
      { word: '\u{13000}\u{13001}', reason: 'no-glyph' },
    ]);
  });

  it('nothing to draw – NO_DRAWABLE_WORDS', async () => {
    for (const words of [[], [{ word: '\u{13000}', weight: 1 }], [{ word: ' ', weight: 1 }]]) {
      await expect(makeCloud(words, {})).rejects.toMatchObject({ code: 'NO_DRAWABLE_WORDS' });
    }
  });

  it.each([
    [{ width: 63 }, 'width: got 63; allowed is a whole number from 64 to 4096.'],
    [{ seed: -1 }, 'seed: got -1'],
    [{ shape: 'banana' }, 'shape: got "banana"; allowed is one of rectangle'],
    [{ background: 'red' }, 'background: got "red"; allowed is #rrggbb or transparent.'],
    [{ rotation: '' }, 'rotation'],
  ])('option %j – INVALID_OPTION that names it', async (options, message) => {
    const making = makeCloud(many(3), options as unknown as CloudOptions);
    await expect(making).rejects.toMatchObject({ code: 'INVALID_OPTION', message: expect.stringContaining(message) });
  });

  it('cancelled – the reason is thrown', async () => {
    const controller = new AbortController();
    const making = makeCloud(
      many(500),
      {},
      { signal: controller.signal, onStage: () => controller.abort(new Error('enough')) },
    );
    await expect(making).rejects.toThrow('enough');
  });
});

describe('masks', () => {
  it('any image – no ink where it is light or transparent, at the resolution of the picture', async () => {
    const blob = fc.record({ x: fc.nat(99), y: fc.nat(99), radius: fc.integer({ min: 20, max: 60 }) });
    const images = fc.record({
      size: fc.tuple(fc.integer({ min: 40, max: 300 }), fc.integer({ min: 40, max: 300 })),
      blobs: fc.array(blob, { minLength: 1, maxLength: 4 }),
      transparent: fc.boolean(),
    });
    const sizes = fc.tuple(fc.integer({ min: 100, max: 700 }), fc.integer({ min: 100, max: 500 }));
    await fc.assert(
      fc.asyncProperty(images, sizes, fc.nat(), async ({ size, blobs, transparent }, [width, height], seed) => {
        const mask = await imageOf((context) => {
          context.fillStyle = 'white';
          if (!transparent) context.fillRect(0, 0, ...size);
          // Not white: an image that is white all over and nowhere transparent leaves no room.
          context.fillStyle = 'navy';
          for (const { x, y, radius } of blobs) {
            context.beginPath();
            context.arc((x / 100) * size[0], (y / 100) * size[1], radius, 0, 7);
            context.fill();
          }
        }, size);
        const { data } = await decode(mask);
        const isCovered = data.every((value, i) =>
          transparent ? i % 4 !== 3 || value > 0 : i % 4 !== 0 || value < 250,
        );
        const scale = Math.min(width / size[0], height / size[1]);
        const [left, top] = [(width - size[0] * scale) / 2, (height - size[1] * scale) / 2];
        // A speck of a mask is refused, and rightly so.
        let dark = 0;
        for (let i = 0; i < data.length; i += 4) if (data[i]! < 50 && data[i + 3]! > 250) dark++;
        fc.pre(dark * scale * scale > 2_000);
        const cloud = await makeCloud(many(25), { width, height, seed }, { mask });
        const verdict = await judge(cloud, (x, y) => {
          // Smoothing blurs an edge over two pixels of image or picture, and edges may fall on half pixels.
          const reach = Math.max(1.5 / scale, 1) + 1;
          const [centerX, centerY] = [(x + 0.5 - left) / scale, (y + 0.5 - top) / scale];
          for (let sy = Math.floor(centerY - reach); sy <= centerY + reach; sy++) {
            for (let sx = Math.floor(centerX - reach); sx <= centerX + reach; sx++) {
              if (sx < 0 || sy < 0 || sx >= size[0] || sy >= size[1]) continue;
              const at = (sy * size[0] + sx) * 4;
              if (isCovered || (transparent ? data[at + 3]! > 0 : data[at]! < 250)) return true;
            }
          }
          return false;
        });
        expect(verdict).toEqual(CLEAN);
      }),
      { numRuns: 20 },
    );
  });

  it('dark on white – words stay inside', async () => {
    const mask = await imageOf((context) => {
      context.fillStyle = 'white';
      context.fillRect(0, 0, 200, 200);
      context.fillStyle = 'black';
      context.fillRect(0, 0, 100, 200);
    });
    const { placed } = await makeCloud(many(40), { width: 400, height: 400 }, { mask });
    expect(placed.length).toBeGreaterThan(30);
    for (const { x } of placed) expect(x).toBeLessThan(200);
  });

  it('transparent parts – are outside whatever their colour', async () => {
    const mask = await imageOf((context) => {
      context.fillStyle = 'white';
      context.fillRect(0, 100, 200, 100);
    });
    const { placed } = await makeCloud(many(40), { width: 400, height: 400 }, { mask });
    for (const { y } of placed) expect(y).toBeGreaterThan(200);
  });

  it('no image, or one without room – BAD_MASK', async () => {
    const white = await imageOf((context) => {
      context.fillStyle = 'white';
      context.fillRect(0, 0, 200, 200);
    });
    for (const mask of [
      white,
      new Uint8Array(),
      Buffer.from('not an image'),
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ]) {
      await expect(makeCloud(many(3), {}, { mask })).rejects.toMatchObject({ code: 'BAD_MASK' });
    }
  });
});

describe('files', () => {
  it('PNG – with and without background, with emoji – decodes to what was painted', async () => {
    for (const words of [many(20), [...many(20), { word: '👍🏽', weight: 30 }]]) {
      for (const background of ['#ffffff', '#101820', 'transparent']) {
        const { png, fill } = await makeCloud(words, { width: 300, height: 200, background });
        const { width, height, data } = await decode(png);
        expect([width, height]).toEqual([300, 200]);
        const ground = Array.from(data.subarray(0, 4));
        let ink = 0;
        for (let i = 0; i < data.length; i += 4)
          if (ground.some((value, c) => Math.abs(value - data[i + c]!) > 2)) ink++;
        expect(Math.abs(ink / (300 * 200) - fill)).toBeLessThan(0.02);
      }
    }
  });

  it('SVG – one group for each word, escaped, no style and no script', async () => {
    const words = [
      { word: '<b>&"\'', weight: 3 },
      { word: 'tea', weight: 2 },
      { word: '👍🏽', weight: 1 },
    ];
    const { svg, placed } = await makeCloud(words, { width: 300, height: 200 });
    const text = svg();
    expect(text).toMatch(/^<svg [^>]*viewBox="0 0 300 200"[^>]* role="img" aria-label="[^"]/);
    expect(text.match(/<g /g)).toHaveLength(placed.length);
    expect(text).toContain('data-word="&#60;b&#62;&#38;&#34;&#39;"');
    expect(text).not.toMatch(/style|script|<b>/);
    const image = await loadImage(Buffer.from(text));
    expect([image.width, image.height]).toEqual([300, 200]);
  });
});

describe('shapes', () => {
  it.each(SHAPES)('%s – words in all of it: no empty band, none outside', async (shape) => {
    const { placed } = await makeCloud(many(150), { width: 600, height: 400, shape });
    expect(placed.length).toBeGreaterThan(120);
    const ys = placed.map(({ y }) => y).toSorted((a, b) => a - b);
    const gaps = ys.slice(1).map((y, i) => y - ys[i]!);
    expect(Math.max(...gaps)).toBeLessThan(45);
  });

  it.each(SHAPES)('%s – no ink outside of it, whatever the size of the picture', async (shape) => {
    const sizes = fc.tuple(fc.integer({ min: 100, max: 900 }), fc.integer({ min: 100, max: 700 }));
    await fc.assert(
      fc.asyncProperty(sizes, async ([width, height]) => {
        const { path, scaleX, scaleY, x, y } = shapeIn(shape, width, height);
        const { data } = await decode(
          await imageOf(
            (context) => {
              context.setTransform(scaleX, 0, 0, scaleY, x, y);
              context.fill(new Path2D(path));
            },
            [width, height],
          ),
        );
        const cloud = await makeCloud(many(12), { width, height, shape });
        expect(await judge(cloud, (px, py) => data[(py * width + px) * 4 + 3]! > 100)).toEqual(CLEAN);
      }),
      { numRuns: 4 },
    );
  });
});
