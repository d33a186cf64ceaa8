import { SHAPES } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { SHAPE_PATHS, shapeIn } from './shapes.ts';

describe('shapes', () => {
  it('every announced shape has an outline', () => {
    expect(Object.keys(SHAPE_PATHS)).toEqual([...SHAPES]);
  });

  it('shapeIn – a heart keeps its form, an ellipse fills the picture', () => {
    expect(shapeIn('heart', 300, 200)).toMatchObject({ scaleX: 2, scaleY: 2, x: 50, y: 0 });
    expect(shapeIn('ellipse', 300, 200)).toMatchObject({ scaleX: 3, scaleY: 2, x: 0, y: 0 });
  });

  it('shapeIn – an unknown shape – a rectangle', () => {
    expect(shapeIn('constructor', 300, 200).path).toBe(SHAPE_PATHS.rectangle);
  });
});
