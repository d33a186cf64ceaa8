/** What the bytes of a text tell before it is decoded: counts that can be kept while it streams by. */

export interface ByteStatistics {
  total: number;
  /** NUL bytes at even and at odd places: UTF-16 has them on one side. */
  nulEven: number;
  nulOdd: number;
  /** Control characters that no text has. */
  controls: number;
}

const TEXT_CONTROLS = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b]);
/** 1 for a control byte that no text has. */
const IS_CONTROL = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number((byte < 0x20 || byte === 0x7f) && !TEXT_CONTROLS.has(byte)),
);

export const emptyStatistics = (): ByteStatistics => ({ total: 0, nulEven: 0, nulOdd: 0, controls: 0 });

/** Adds a chunk to the counts. */
export function addBytes(statistics: ByteStatistics, chunk: Uint8Array): void {
  let { total, nulEven, nulOdd, controls } = statistics;
  for (const byte of chunk) {
    if (byte === 0) {
      if (total & 1) nulOdd++;
      else nulEven++;
    } else controls += IS_CONTROL[byte]!;
    total++;
  }
  Object.assign(statistics, { total, nulEven, nulOdd, controls });
}

/** The byte order of UTF-16 that the places of the NUL bytes speak for. */
export function utf16Order({ total, nulEven, nulOdd }: ByteStatistics): 'utf-16le' | 'utf-16be' | undefined {
  // In Latin text nearly every second byte is NUL; in Chinese only spaces and line ends have one.
  const [most, fewest] = [Math.max(nulEven, nulOdd), Math.min(nulEven, nulOdd)];
  if (most === 0 || fewest * 20 > most || most * 1000 < total) return undefined;
  return nulOdd > nulEven ? 'utf-16le' : 'utf-16be';
}

/** A few odd characters are a slip; more are a sign of something else. */
export function hasManyControls({ total, controls }: ByteStatistics): boolean {
  return controls > 2 && controls * 200 > total;
}
