import { createHash } from 'node:crypto';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cloud, type CloudOptions, makeCloud, PALETTES, ROTATIONS, SCALINGS, SHAPES } from '../src/index.ts';
import { Stamp } from '../src/stamp.ts';
import { shapeOf } from '../src/word-shape.ts';

const WORDS = [
  'tea',
  'Alice',
  'cloud',
  'gossip',
  'service',
  'Wörter',
  '茶馆',
  '云计算',
  'ネコ',
  '서울',
  'مدينة',
  'ירושלים',
  'กรุงเทพ',
  'हिन्दी',
  'Ελλάδα',
  'Москва',
  'AI技术',
  'quartz-box',
  'é',
  '👍🏽',
];
const many = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ word: `${WORDS[i % 6]}${i}`, weight: count - i }));
const hash = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Draws each placed word alone and counts the pixels that two words have, or that lie outside of the picture. */
function conflicts({ placed, width, height }: Cloud): number {
  const owner = new Uint8Array(width * height);
  const stamp = new Stamp();
  let wrong = 0;
  for (const { word, fontSize, x, y, angle } of placed) {
    const shape = shapeOf(word, 'sans-bold')!;
    const { coverage } = stamp.draw({ shape, size: fontSize, angle }, width + 400, height, x + 200, y);
    for (let py = 0; py < height; py++) {
      for (let px = 0; px < width + 400; px++) {
        // Below this share a pixel is not painted.
        if (coverage[py * (width + 400) + px]! * 31 < 0.5 * 255) continue;
        const isInside = px >= 200 && px < width + 200;
        if (!isInside || owner[py * width + px - 200] === 1) wrong++;
        else owner[py * width + px - 200] = 1;
      }
    }
  }
  return wrong;
}

function expectMonotone({ placed }: Cloud): void {
  for (let i = 1; i < placed.length; i++) {
    expect(placed[i]!.weight).toBeLessThanOrEqual(placed[i - 1]!.weight);
    expect(placed[i]!.fontSize).toBeLessThanOrEqual(placed[i - 1]!.fontSize);
  }
}

async function maskOf(
  draw: (context: ReturnType<ReturnType<typeof createCanvas>['getContext']>) => void,
  side = 200,
): Promise<Uint8Array> {
  const canvas = createCanvas(side, side);
  draw(canvas.getContext('2d'));
  return canvas.encode('png');
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
        expect(conflicts(cloud)).toBe(0);
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
    expect(conflicts(cloud)).toBe(0);
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
  it('dark on white – words stay inside', async () => {
    const mask = await maskOf((context) => {
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
    const mask = await maskOf((context) => {
      context.fillStyle = 'white';
      context.fillRect(0, 100, 200, 100);
    });
    const { placed } = await makeCloud(many(40), { width: 400, height: 400 }, { mask });
    for (const { y } of placed) expect(y).toBeGreaterThan(200);
  });

  it('no image, or one without room – BAD_MASK', async () => {
    const white = await maskOf((context) => {
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
        const image = await loadImage(Buffer.from(png));
        expect([image.width, image.height]).toEqual([300, 200]);
        const context = createCanvas(300, 200).getContext('2d');
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, 300, 200);
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
});
