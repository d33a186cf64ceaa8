import { describe, expect, it } from 'vitest';
import { textCoverage } from './shape-text.ts';
import { shapeOf } from './word-shape.ts';

const GRID = { width: 1200, height: 800, cell: 4, columns: 300, rows: 200 };

/** Width and height of what is covered, in pixels, and the share of that box. */
async function boxOf(text: string, inset = 0) {
  const coverage = await textCoverage(text, GRID, inset);
  const [columns, rows] = [new Set<number>(), new Set<number>()];
  for (const [at, covered] of coverage.entries()) {
    if (covered < 128) continue;
    columns.add(at % GRID.columns);
    rows.add(Math.floor(at / GRID.columns));
  }
  const extent = (used: Set<number>) => (Math.max(...used) - Math.min(...used) + 1) * GRID.cell;
  const [width, height] = [extent(columns), extent(rows)];
  return { width, height, share: coverage.reduce((sum, covered) => sum + covered / 255, 0) / ((width * height) / 16) };
}

const ratioOf = (text: string) => {
  const { width, height } = shapeOf(text, 'sans-black')!;
  return width / height;
};

describe('textCoverage', () => {
  it('several letters – higher by half at most, one letter and emoji as they are', async () => {
    const [wide, wider, one, emoji] = [await boxOf('ABC'), await boxOf('gossip'), await boxOf('M'), await boxOf('A☕')];
    expect([wide.width, wider.width, one.height]).toEqual([1200, 1200, 800]);
    expect(wide.height).toBeGreaterThan(600);
    expect(wide.width / wide.height).toBeCloseTo(ratioOf('ABC') / 1.5, 1);
    expect(wider.width / wider.height).toBeCloseTo(ratioOf('gossip') / 1.5, 1);
    expect(one.width / one.height).toBeCloseTo(ratioOf('M'), 1);
    // The picture is a little smaller than its silhouette.
    expect(emoji.width / emoji.height).toBeGreaterThan(ratioOf('A☕'));
  });

  it('never out of the picture, and clear of its edge', async () => {
    const { width, height } = await boxOf('12', 100);
    expect([width, height]).toEqual([expect.any(Number), 600]);
    expect(width).toBeLessThanOrEqual(1000);
  });

  it('characters of many strokes – light, so that their gaps can be seen; Latin letters – as bold as can be', async () => {
    const [large, small, latin] = [await boxOf('春'), await boxOf('春春'), await boxOf('H')];
    expect(large.share).toBeLessThan(small.share * 0.8);
    expect(small.share).toBeLessThan(0.6);
    expect(latin.share).toBeGreaterThan(0.6);
  });
});
