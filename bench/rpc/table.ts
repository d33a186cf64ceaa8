import type { PairMeasurement } from './pair.ts';

/** What was measured in one slice. */
export interface Row extends PairMeasurement {
  name: string;
  /** Calls at a time. */
  concurrency: number;
}

const COLUMNS: [title: string, read: (row: Row) => number][] = [
  ['calls/s', ({ calls, seconds }) => calls / seconds],
  ['p50 ms', ({ p50Ms }) => p50Ms],
  ['p99 ms', ({ p99Ms }) => p99Ms],
  ['client us', ({ cpuPerCall }) => cpuPerCall],
  ['server us', ({ serverCpuPerCall }) => serverCpuPerCall],
];

/** One line for each name: medians of the slices. */
export function printTable(concurrency: number, names: readonly string[], rows: readonly Row[]): void {
  printHead(`${concurrency} at a time`);
  for (const name of names) {
    const slices = slicesOf(rows, name, concurrency);
    printLine(
      name,
      COLUMNS.map(([, read]) => median(slices.map(read))),
    );
  }
}

/** One line for each peer: medians of the ratios, of slices that followed each other. */
export function printRatios(ours: string, concurrency: number, names: readonly string[], rows: readonly Row[]): void {
  const peers = names.filter((name) => name !== ours);
  if (peers.length === names.length || peers.length === 0) return;
  printHead(`ratios, ${concurrency} at a time`);
  const mine = slicesOf(rows, ours, concurrency);
  for (const peer of peers) {
    const theirs = slicesOf(rows, peer, concurrency);
    printLine(
      `${ours} / ${peer}`,
      COLUMNS.map(([, read]) => median(mine.map((row, i) => read(row) / read(theirs[i]!)))),
    );
  }
}

const slicesOf = (rows: readonly Row[], name: string, concurrency: number) =>
  rows.filter((row) => row.name === name && row.concurrency === concurrency);

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

function printHead(title: string): void {
  console.log(`\n${title.padEnd(32)}${COLUMNS.map(([name]) => name.padStart(11)).join('')}`);
}

function printLine(name: string, numbers: readonly number[]): void {
  const text = (value: number) => Number(value.toPrecision(3)).toLocaleString('en');
  console.log(`${name.padEnd(32)}${numbers.map((value) => text(value).padStart(11)).join('')}`);
}
