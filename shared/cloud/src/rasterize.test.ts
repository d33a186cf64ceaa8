import { createCanvas, Path2D } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePathData, toPathData } from './outline.ts';
import { Rasterizer } from './rasterize.ts';
import { shapeOf } from './word-shape.ts';

const plain = { scaleX: 1, scaleY: 1, angle: 0, x: 0, y: 0 };

describe('Rasterizer', () => {
  it('a rectangle between pixels – covers each by its share', () => {
    const coverage = new Rasterizer().cover(parsePathData('M1.5 1H3V2.25H1.5Z'), plain, 5, 4);
    const row = (y: number) => Array.from(coverage.subarray(y * 5, y * 5 + 5));
    expect([row(0), row(1), row(2), row(3)]).toEqual([
      [0, 0, 0, 0, 0],
      [0, 128, 255, 0, 0],
      [0, 32, 64, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
  });

  it('a polygon – its whole coverage is its area', () => {
    const points = fc.record({
      x: fc.double({ min: 2, max: 60, noNaN: true }),
      y: fc.double({ min: 2, max: 40, noNaN: true }),
    });
    const rasterizer = new Rasterizer();
    fc.assert(
      fc.property(points, points, points, (a, b, c) => {
        const area = Math.abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
        const coverage = rasterizer.cover(parsePathData(`M${a.x} ${a.y}L${b.x} ${b.y}L${c.x} ${c.y}Z`), plain, 64, 44);
        const sum = coverage.subarray(0, 64 * 44).reduce((total, value) => total + value, 0) / 255;
        // Each pixel is rounded to a 255th.
        expect(Math.abs(sum - area)).toBeLessThan(1 + area * 0.01);
      }),
    );
  });

  it('strips – of a window cut above and below – are the rows of the whole', () => {
    const { outline } = shapeOf('Strips', 'sans-bold')!;
    const rasterizer = new Rasterizer();
    const transform = { scaleX: 40, scaleY: 40, angle: 30, x: 80.25, y: 60.5 };
    const whole = rasterizer.cover(outline, transform, 160, 120).slice(0, 160 * 120);
    for (let top = 0; top < 120; top += 35) {
      const height = Math.min(35, 120 - top);
      const strip = rasterizer
        .cover(outline, { ...transform, y: transform.y - top }, 160, height)
        .slice(0, 160 * height);
      const rows = whole.subarray(top * 160, (top + height) * 160);
      for (let i = 0; i < strip.length; i++) expect(Math.abs(strip[i]! - rows[i]!)).toBeLessThanOrEqual(1);
    }
  });

  it.each(['Åquilg', '国风', 'العربية', 'हिन्दी'])('%s – looks as a canvas draws it', (word) => {
    const { outline, width, height } = shapeOf(word, 'sans-bold')!;
    const [w, h] = [Math.ceil(width * 60) + 4, Math.ceil(height * 60) + 4];
    const coverage = new Rasterizer().cover(outline, { scaleX: 60, scaleY: 60, angle: 0, x: w / 2, y: h / 2 }, w, h);
    const context = createCanvas(w, h).getContext('2d');
    context.translate(w / 2, h / 2);
    context.scale(0.06, 0.06);
    context.fill(new Path2D(toPathData(outline, 1000)));
    const { data } = context.getImageData(0, 0, w, h);
    let difference = 0;
    for (let i = 0; i < w * h; i++) difference += Math.abs(coverage[i]! - data[i * 4 + 3]!);
    expect(difference / (w * h)).toBeLessThan(3);
  });
});
