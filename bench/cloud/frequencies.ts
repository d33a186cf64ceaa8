/**
 * From frequencies to a PNG, beside Debian's python3-wordcloud in the same run. Run by hand:
 *
 *   node bench/cloud/frequencies.ts [--rounds N] [--size 1200x800] [--top 200] TEXT…
 *
 * Texts in any language; without any, our own samples. Rounds are interleaved, so that whatever else the machine does meets
 * both; medians are printed, and the best of each, which a busy machine distorts less. Start-up and imports are not counted.
 */
import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { makeCloud } from '@wordcloud/cloud';

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    size: { type: 'string', default: '1200x800' },
    top: { type: 'string', default: '200' },
  },
  allowPositionals: true,
});
const [width, height] = values.size.split('x').map(Number) as [number, number];
const top = Number(values.top);
const files = positionals.length > 0 ? positionals : globSync('docs/samples/*.txt');
const PYTHON = '/usr/bin/python3';
const WARM_UP = 15;

type Pair = [word: string, count: number];

/** The most frequent words, line by line: segmenting a whole text at once takes quadratic time. */
function frequencies(text: string): Pair[] {
  const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
  const counts = new Map<string, number>();
  for (const line of text.toLowerCase().split('\n')) {
    for (const { segment, isWordLike } of segmenter.segment(line)) {
      if (isWordLike && segment.length > 1) counts.set(segment, (counts.get(segment) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, top);
}

/** A Python process that does one job after another. */
function startPeer() {
  if (!existsSync(PYTHON)) return undefined;
  const script = resolve(import.meta.dirname, '../wordcloud_peer.py');
  const child = spawn(PYTHON, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const run = async (words: Pair[]): Promise<number> => {
    child.stdin.write(`${JSON.stringify({ kind: 'frequencies', words, width, height, top })}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error(`The peer has ended: is python3-wordcloud installed for ${PYTHON}?`);
    return (JSON.parse(value) as { ms: number }).ms;
  };
  return { run, stop: () => child.kill() };
}

const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
const cell = (value: number, unit = '') => `${value.toFixed(unit === 'x' ? 1 : 0)}${unit}`.padStart(9);

const peer = startPeer();
if (!peer) console.log(`There is no ${PYTHON}: only our own numbers follow.`);
console.log(`${width} × ${height}, ${top} words, ${values.rounds} interleaved rounds, milliseconds\n`);
console.log(
  `${'text'.padEnd(24)}${['ours', 'best', 'peer', 'best', 'ratio', 'ink %', 'placed'].map((s) => s.padStart(9)).join('')}`,
);
try {
  for (const file of files) {
    const pairs = frequencies(readFileSync(file, 'utf8'));
    const words = pairs.map(([word, weight]) => ({ word, weight }));
    for (let i = 0; i < WARM_UP; i++) await makeCloud(words, { width, height });
    const [ours, theirs]: [number[], number[]] = [[], []];
    let [ink, placed] = [0, 0];
    for (let round = 0; round < Number(values.rounds); round++) {
      const started = performance.now();
      const cloud = await makeCloud(words, { width, height });
      ours.push(performance.now() - started);
      ink = cloud.fill * 100;
      placed = cloud.placed.length;
      if (peer) theirs.push(await peer.run(pairs));
    }
    const ratio = median(theirs) / median(ours);
    console.log(
      `${basename(file).padEnd(24)}${cell(median(ours))}${cell(Math.min(...ours))}${cell(median(theirs))}${cell(Math.min(...theirs))}${cell(ratio, 'x')}${cell(ink)}${`${placed}/${words.length}`.padStart(9)}`,
    );
  }
} finally {
  peer?.stop();
}
