/**
 * `make bench`: from a text to a PNG, beside python3-wordcloud (and python3-jieba for Chinese) in the same run.
 *
 *   node bench/wordcloud.ts [--rounds N] TEXT…      texts in English or Chinese; without any, our own samples
 *
 * The peer is Debian's (`apt-get install python3-wordcloud python3-jieba`), run by /usr/bin/python3. Rounds are interleaved,
 * so that whatever else the machine does meets both; medians are printed. Start-up, imports and dictionaries are not counted,
 * on either side.
 */
import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { makeCloud } from '@wordcloud/cloud';
import { countWords, decodeText, warmUp } from '@wordcloud/text';

const SIZE = { width: 1200, height: 800 };
const TOP = 200;
/** A service that runs has compiled its code long ago; Python has nothing to compile. */
const WARM_UPS = 20;

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '7' } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
const files = positionals.length > 0 ? positionals : globSync('docs/samples/*.txt');

interface Peer {
  /** Milliseconds. */
  run(job: { kind: 'text' | 'frequencies'; file: string; words: [string, number][] }): Promise<number>;
  stop(): void;
}

/** A Python process that does one job after another, so that its imports are not measured. */
function startPeer(): Peer | undefined {
  const python = '/usr/bin/python3';
  if (!existsSync(python)) return undefined;
  const child = spawn(python, [resolve(import.meta.dirname, 'wordcloud_peer.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run(job) {
      child.stdin.write(`${JSON.stringify({ ...job, ...SIZE, top: TOP })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('the peer has ended: is python3-wordcloud installed for /usr/bin/python3?');
      return (JSON.parse(value as string) as { ms: number }).ms;
    },
    stop: () => child.kill(),
  };
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const count = (bytes: Uint8Array) =>
  countWords(decodeText(bytes).text, { lang: 'auto', words: 'nouns', minLength: 2, stopwords: [] });
const weigh = (words: { word: string; count: number }[]) =>
  words.slice(0, TOP).map(({ word, count }) => ({ word, weight: count }));

warmUp();
const peer = startPeer();
if (!peer) console.log('There is no /usr/bin/python3: only our own numbers follow.');
console.log(`${SIZE.width} × ${SIZE.height}, ${TOP} words, medians of ${rounds} interleaved rounds, milliseconds\n`);
console.log(`${'text'.padEnd(24)}${'job'.padEnd(18)}${'ours'.padStart(8)}${'peer'.padStart(9)}${'ratio'.padStart(9)}`);
try {
  for (const file of files) {
    const bytes = readFileSync(file);
    const words = weigh(count(bytes).words);
    const pairs = words.map(({ word, weight }) => [word, weight] as [string, number]);
    const jobs = {
      text: () => makeCloud(weigh(count(bytes).words), SIZE),
      frequencies: () => makeCloud(words, SIZE),
    };
    for (const [kind, ours] of Object.entries(jobs) as ['text' | 'frequencies', () => Promise<unknown>][]) {
      for (let i = 0; i < WARM_UPS; i++) await ours();
      const times = { ours: [] as number[], peer: [] as number[] };
      for (let round = 0; round < rounds; round++) {
        times.ours.push(await time(ours));
        if (peer) times.peer.push(await peer.run({ kind, file: resolve(file), words: pairs }));
      }
      const [mine, theirs] = [median(times.ours), peer ? median(times.peer) : Number.NaN];
      const ratio = peer ? `${(theirs / mine).toFixed(1)}x` : '';
      console.log(
        `${basename(file).padEnd(24)}${`from ${kind}`.padEnd(18)}${mine.toFixed(0).padStart(8)}${theirs.toFixed(0).padStart(9)}${ratio.padStart(9)}`,
      );
    }
  }
} finally {
  peer?.stop();
}
