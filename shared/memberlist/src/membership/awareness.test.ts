import { describe, expect, it } from 'vitest';
import { Awareness } from './awareness.ts';

describe('Awareness', () => {
  it('good and bad news – move the score between 0 and the limit', () => {
    const awareness = new Awareness(8);
    const steps: [delta: number, score: number][] = [
      [0, 0],
      [-1, 0],
      [-10, 0],
      [1, 1],
      [-1, 0],
      [10, 7],
      [-1, 6],
      [-1, 5],
      [-1, 4],
      [-1, 3],
      [-1, 2],
      [-1, 1],
      [-1, 0],
      [-1, 0],
    ];
    for (const [delta, score] of steps) {
      awareness.apply(delta);
      expect([delta, awareness.score, awareness.scale(1000)]).toEqual([delta, score, 1000 * (score + 1)]);
    }
  });
});
