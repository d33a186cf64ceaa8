import { describe, expect, it } from 'vitest';
import { shapeCoverage } from './area.ts';
import { contourPath, type Loop, traceContour, visitNear } from './contour.ts';

const grid = { width: 300, height: 200, cell: 2, columns: 150, rows: 100 };
const points = (loop: Loop) => Array.from({ length: loop.length / 2 }, (_, i) => [loop[i * 2]!, loop[i * 2 + 1]!]);

describe('traceContour', () => {
  it('a circle – every point and every middle between two lies on it', () => {
    const loops = traceContour(shapeCoverage('circle', grid, 10), grid, 0);
    expect(loops).toHaveLength(1);
    const all = points(loops[0]!);
    expect(all.length).toBeGreaterThan(20);
    for (const [i, [x, y]] of all.entries()) {
      const [nextX, nextY] = all[(i + 1) % all.length]!;
      for (const [px, py] of [
        [x!, y!],
        [(x! + nextX!) / 2, (y! + nextY!) / 2],
      ] as const)
        expect(Math.abs(Math.hypot(px - 150, py - 100) - 90)).toBeLessThan(0.8);
    }
  });

  it('a ring – two lines; a full picture – one along its edge; nothing – none', () => {
    const ring = shapeCoverage('circle', grid).map((value, i) => {
      const [x, y] = [(i % 150) + 0.5, Math.floor(i / 150) + 0.5];
      return Math.hypot(x - 75, y - 50) < 20 ? 0 : value;
    });
    expect(traceContour(ring, grid, 0)).toHaveLength(2);
    const [frame, ...more] = traceContour(new Uint8Array(150 * 100).fill(255), grid, 3);
    expect(more).toEqual([]);
    const xs = points(frame!).map(([x]) => x!);
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([6, 294]);
    expect(traceContour(new Uint8Array(150 * 100), grid, 0)).toEqual([]);
  });

  it('two cells that touch at a corner – end, as loops of their own or one', () => {
    const coverage = new Uint8Array(150 * 100);
    for (let y = 0; y < 20; y++) coverage.fill(255, (10 + y) * 150 + 20, (10 + y) * 150 + 40);
    for (let y = 0; y < 20; y++) coverage.fill(255, (30 + y) * 150 + 40, (30 + y) * 150 + 60);
    expect(traceContour(coverage, grid, 0).length).toBeGreaterThan(0);
  });
});

describe('contourPath', () => {
  it('loops – absolute, closed, scaled, rounded to a tenth', () => {
    expect(contourPath([Float64Array.of(0, 0, 1.26, 0, 1, 2)], 2)).toBe('M0 0L2.5 0L2 4Z');
  });
});

describe('visitNear', () => {
  it('any piece – visits all points within reach, with their distance, and no others', () => {
    for (const loop of [
      Float64Array.of(5, 5, 70, 40),
      Float64Array.of(10, 3, 10, 50),
      Float64Array.of(3, 20, 60, 20),
    ]) {
      const found = new Map<number, number>();
      visitNear([loop], 4, 80, 60, 1, (at, distance) => found.set(at, Math.min(distance, found.get(at) ?? Infinity)));
      const [x0, y0, x1, y1] = loop as unknown as [number, number, number, number];
      for (let at = 0; at < 80 * 60; at++) {
        // The distance to many points of the piece, finely spaced.
        const [x, y] = [(at % 80) + 0.5, Math.floor(at / 80) + 0.5];
        const distance = Math.min(
          ...Array.from({ length: 501 }, (_, i) =>
            Math.hypot(x - x0 - ((x1 - x0) * i) / 500, y - y0 - ((y1 - y0) * i) / 500),
          ),
        );
        if (Math.abs(distance - 4) > 0.1) expect(found.has(at)).toBe(distance < 4);
        if (found.has(at)) expect(found.get(at)).toBeCloseTo(distance, 1);
      }
    }
  });
});
