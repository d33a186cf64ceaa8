/**
 * Which cells of the grid are taken, as bits, and in levels that answer "is any of the next 2^k cells taken?" with one bit:
 * level k has, at x, whether any cell from x to x + 2^k - 1 is taken. All levels lie in one array, so that a search
 * follows one base address.
 */

export interface Occupancy {
  readonly width: number;
  readonly height: number;
  /** 32-bit words in a row; the last ones are beyond the grid and taken, so that nothing reaches out of it. */
  readonly stride: number;
  readonly levels: number;
  /** Word `(level * height + y) * stride + (x >> 5)`, bit `x & 31`. */
  readonly bits: Int32Array;
}

/** @param isTaken which cells are taken from the beginning: those outside of a shape */
export function createOccupancy(width: number, height: number, isTaken: (x: number, y: number) => boolean): Occupancy {
  const stride = (width >> 5) + 2;
  const levels = Math.max(1, 32 - Math.clz32(width));
  const occupancy = { width, height, stride, levels, bits: new Int32Array(stride * height * levels) };
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    for (let x = 0; x < width; x++) if (isTaken(x, y)) occupancy.bits[row + (x >> 5)]! |= 1 << (x & 31);
    // Beyond the grid, from the middle of a word on.
    occupancy.bits[row + (width >> 5)]! |= -1 << (width & 31);
    occupancy.bits.fill(-1, row + (width >> 5) + 1, row + stride);
    updateRow(occupancy, y);
  }
  return occupancy;
}

/**
 * Marks cells from x to x + length - 1 as taken, in rows from `top` to `bottom`. `updateRow` must follow for each row that was
 * touched.
 */
export function take({ bits, stride, width }: Occupancy, x: number, length: number, top: number, bottom: number): void {
  const start = Math.max(0, x);
  const end = Math.min(width, x + length);
  for (let word = start >> 5; word <= (end - 1) >> 5; word++) {
    const from = Math.max(start - word * 32, 0);
    const to = Math.min(end - word * 32, 32);
    if (to <= from) continue;
    const mask = to - from === 32 ? -1 : ((1 << (to - from)) - 1) << from;
    for (let at = top * stride + word; at <= bottom * stride + word; at += stride) bits[at]! |= mask;
  }
}

/** Derives the levels of a row from its cells: level k + 1 is level k, or level k moved by 2^k. */
export function updateRow({ bits, stride, height, levels }: Occupancy, y: number): void {
  const plane = height * stride;
  for (let level = 0; level + 1 < levels; level++) {
    const shift = 1 << level;
    const wordShift = shift >> 5;
    const bitShift = shift & 31;
    const from = level * plane + y * stride;
    const to = from + plane;
    for (let word = 0; word < stride; word++) {
      // Beyond the row everything is taken.
      const low = word + wordShift < stride ? bits[from + word + wordShift]! : -1;
      const high = word + wordShift + 1 < stride ? bits[from + word + wordShift + 1]! : -1;
      const moved = bitShift === 0 ? low : (low >>> bitShift) | (high << (32 - bitShift));
      bits[to + word] = bits[from + word]! | moved;
    }
  }
}
