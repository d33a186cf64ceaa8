import { describe, expect, it } from 'vitest';
import { imageOf } from '../test/oracle.ts';
import { type MaskOptions, readMask } from './mask.ts';

const grid = { width: 300, height: 200, cell: 2, columns: 150, rows: 100 };
const CELLS = 150 * 100;
const read = async (image: Promise<Uint8Array>, options: Partial<MaskOptions> = {}) => {
  const all = { maskBy: 'auto', maskInvert: false, maskFit: 'contain', colorBy: 'random', ...options } as const;
  const { coverage, colors } = await readMask(await image, grid, all);
  const inside = (x: number, y: number) => coverage[y * 150 + x] === 255;
  return { coverage, colors, inside, cells: coverage.filter((value) => value === 255).length };
};

/** Left a third transparent, in the middle white, right black. */
const thirds = () =>
  imageOf(
    (context) => {
      context.fillStyle = 'white';
      context.fillRect(100, 0, 100, 200);
      context.fillStyle = 'black';
      context.fillRect(200, 0, 100, 200);
    },
    [300, 200],
  );

describe('readMask', () => {
  it('a single light pixel – takes a part of its cell', async () => {
    const image = imageOf(
      (context) => {
        context.fillRect(0, 0, 300, 200);
        context.fillStyle = 'white';
        context.fillRect(101, 51, 1, 1);
      },
      [300, 200],
    );
    const { coverage, cells } = await read(image);
    expect([cells, coverage[25 * 150 + 50]]).toEqual([CELLS - 1, 191]);
  });

  it.each([
    ['auto', false, [false, true, true]],
    ['alpha', false, [false, true, true]],
    ['luminance', false, [false, false, true]],
    ['auto', true, [true, false, false]],
    ['alpha', true, [true, false, false]],
    ['luminance', true, [true, true, false]],
  ] as const)(
    'by %s, inverted %s – transparent, white and black are inside: %j',
    async (maskBy, maskInvert, wanted) => {
      const { inside } = await read(thirds(), { maskBy, maskInvert });
      expect([inside(20, 50), inside(75, 50), inside(130, 50)]).toEqual(wanted);
    },
  );

  it.each([
    ['contain', [false, true]],
    ['cover', [true, true]],
  ] as const)('an image of another form, %s – beside it nothing is inside', async (maskFit, wanted) => {
    for (const maskInvert of [false, true]) {
      const square = imageOf((context) => {
        context.fillStyle = maskInvert ? 'white' : 'black';
        context.fillRect(0, 0, 200, 200);
      });
      const { inside, cells } = await read(square, { maskFit, maskInvert });
      expect([inside(5, 50), inside(75, 50)]).toEqual(wanted);
      expect(cells).toBe(maskFit === 'cover' ? CELLS : 100 * 100);
    }
  });

  it('covering – cuts as much off on one side as on the other', async () => {
    const tall = imageOf(
      (context) => {
        context.fillStyle = 'white';
        context.fillRect(0, 0, 150, 400);
        context.fillStyle = 'black';
        context.fillRect(0, 150, 150, 100);
      },
      [150, 400],
    );
    // Twice as large, the dark band would be as high as the picture.
    const { cells } = await read(tall, { maskFit: 'cover', maskBy: 'luminance' });
    expect(cells).toBeGreaterThan(CELLS * 0.97);
  });

  it('colours – the mean of what is inside', async () => {
    const image = imageOf(
      (context) => {
        context.fillStyle = '#204060';
        context.fillRect(0, 0, 200, 200);
      },
      [300, 200],
    );
    const { colors } = await read(image, { colorBy: 'image' });
    expect([...colors!.subarray(0, 3)]).toEqual([0x20, 0x40, 0x60]);
    expect((await read(image)).colors).toBeUndefined();
  });
});
