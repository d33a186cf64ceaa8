/** What is printed. */
import type { Contender } from './jobs.ts';
import type { Result, Verdict } from './targets.ts';

const percent = (share: number) => (share * 100).toFixed(1);

export function printHead(): void {
  const columns = ['ms', 'ours x', 'MB', 'ink %', 'cover %', 'placed'];
  console.log(`\n${'task'.padEnd(28)}${'who'.padEnd(12)}${columns.map((name) => name.padStart(11)).join('')}`);
}

export function printRow(title: string, name: Contender, result: Result, ours: Result | undefined): void {
  const { ms, peak, ink, coverage, placed, asked } = result;
  const ratio = ours === undefined || name === 'ours' ? '' : `${(ms / ours.ms).toFixed(1)}x`;
  const cells = [ms.toFixed(0), ratio, peak.toFixed(0), percent(ink), percent(coverage), `${placed}/${asked}`];
  console.log(`${title.padEnd(28)}${name.padEnd(12)}${cells.map((cell) => cell.padStart(11)).join('')}`);
}

export function printVerdicts(verdicts: readonly Verdict[]): void {
  console.log(`\n${'target'.padEnd(8)}${'what'.padEnd(46)}${'wanted'.padStart(10)}${'measured'.padStart(11)}`);
  for (const { target, what, measured, atLeast, atMost } of verdicts) {
    const isMet = measured >= (atLeast ?? -Infinity) && measured <= (atMost ?? Infinity);
    const wanted = atLeast !== undefined ? `>= ${atLeast}` : `<= ${atMost}`;
    const cells = `${wanted.padStart(10)}${measured.toFixed(measured < 10 ? 2 : 1).padStart(11)}`;
    console.log(`${target.padEnd(8)}${what.padEnd(46)}${cells}  ${isMet ? 'met' : 'NOT MET'}`);
  }
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
