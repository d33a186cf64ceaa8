import { describe, expect, it } from 'vitest';
import { emojiForm, emojiTiles } from './emoji.ts';
import { Rasterizer } from './rasterize.ts';

describe('emojiForm', () => {
  it.each(['😀', '❤️', '🇫🇷', '🎉'])('%s – its silhouette encloses all that is painted, at any size', async (emoji) => {
    const form = emojiForm(emoji)!;
    for (const size of [12, 75, 300]) {
      const side = Math.ceil(size * 2);
      const center = side / 2;
      const transform = { scaleX: size, scaleY: size, angle: 30, x: center, y: center };
      const silhouette = new Rasterizer().cover(form.silhouette, transform, side, side);
      let painted = 0;
      for await (const tile of emojiTiles(emoji, form, { size, angle: 30, x: center, y: center })) {
        for (let i = 0; i < tile.width * tile.height; i++) {
          if (tile.colors[i * 4 + 3] === 0) continue;
          painted++;
          const [x, y] = [tile.left + (i % tile.width), tile.top + Math.floor(i / tile.width)];
          expect(silhouette[y * side + x]).toBeGreaterThan(0);
        }
      }
      expect(painted).toBeGreaterThan(size * size * 0.3);
    }
  });
});

describe('emojiTiles', () => {
  it('an emoji larger than a tile – comes in several, without gap or overlap', async () => {
    const form = emojiForm('😀')!;
    const seen = new Map<string, number>();
    let tiles = 0;
    for await (const tile of emojiTiles('😀', form, { size: 900, angle: 0, x: 600, y: 600 })) {
      tiles++;
      for (let y = 0; y < tile.height; y += 20) {
        for (let x = 0; x < tile.width; x += 20) {
          const key = `${tile.left + x},${tile.top + y}`;
          seen.set(key, (seen.get(key) ?? 0) + 1);
        }
      }
    }
    expect(tiles).toBeGreaterThan(1);
    expect(Math.max(...seen.values())).toBe(1);
  });
});
