import { describe, expect, it } from 'vitest';
import { spotFor } from './anchor.ts';

const FRAME = { width: 600, height: 400 };
const SIZE = { width: 100, height: 40 };

describe('spotFor', () => {
  it('in the middle – centred, on the preferred side', () => {
    const target = { left: 250, top: 180, width: 100, height: 40 };
    expect(spotFor(target, SIZE, FRAME, 'above')).toEqual({ left: 250, top: 132 });
    expect(spotFor(target, SIZE, FRAME, 'below')).toEqual({ left: 250, top: 228 });
  });

  it('at an edge – within the frame', () => {
    expect(spotFor({ left: 0, top: 0, width: 20, height: 20 }, SIZE, FRAME, 'above')).toEqual({ left: 0, top: 28 });
    expect(spotFor({ left: 580, top: 370, width: 20, height: 20 }, SIZE, FRAME, 'below')).toEqual({
      left: 500,
      top: 322,
    });
  });

  it('no room on either side – the preferred one', () => {
    const target = { left: 0, top: 10, width: 600, height: 380 };
    expect(spotFor(target, SIZE, FRAME, 'above').top).toBe(-38);
    expect(spotFor(target, SIZE, FRAME, 'below').top).toBe(398);
  });
});
