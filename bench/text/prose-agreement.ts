/**
 * How far our English nouns agree with those of Go's prose v2, the reference system's tagger, for the texts given:
 *
 *   node bench/text/prose-agreement.ts english.txt ...
 *
 * Needs `go`, which fetches prose and builds it into the cache folder. Counted on both sides: words of letters, neither stop words
 * nor single letters, plurals by themselves. prose is no truth, either: it takes "of course" and "all right" for nouns. Columns,
 * of 0 to 1:
 *
 *   top 100    of prose's most frequent nouns, those that are among our hundred
 *   with ties  those too that are as frequent with us as the last of our hundred: in short texts hundreds are
 *   wJaccard   Σ min / Σ max of all nouns' counts
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { countWords, decodeText } from '@wordcloud/text';
import { stopWords } from '../../shared/text/src/stop-words.ts';

const TOP = 100;
const SOURCES = join(import.meta.dirname, 'prose');
const PROGRAM = join(import.meta.dirname, '..', '..', '.cache', 'prose-nouns');

type Counts = ReadonlyMap<string, number>;

function build(): void {
  const { error, status, stderr } = spawnSync('go', ['build', '-o', PROGRAM, '.'], { cwd: SOURCES, encoding: 'utf8' });
  if (error === undefined && status === 0) return;
  console.error(error === undefined ? `go build failed: ${stderr}` : 'go is missing');
  process.exit(1);
}

function theirNouns(text: string): Counts {
  const { stdout } = spawnSync(PROGRAM, { input: text, encoding: 'utf8', maxBuffer: 1e8 });
  const stops = stopWords('en');
  const nouns = new Map<string, number>();
  for (const [token, count] of Object.entries(JSON.parse(stdout) as Record<string, number>)) {
    const word = token.toLowerCase().replace(/\.$/, '');
    if (!/^\p{L}[\p{L}\d'’.-]+$/u.test(word) || stops.has(word)) continue;
    nouns.set(word, (nouns.get(word) ?? 0) + count);
  }
  return nouns;
}

function ourNouns(text: string): Counts {
  const options = { lang: 'en', words: 'nouns', minLength: 2, stopwords: [], mergePlurals: false } as const;
  return new Map(
    countWords(text, options).words.map(({ word, count }) => [word.toLowerCase().replace('’', "'"), count]),
  );
}

const topOf = (counts: Counts) => [...counts].sort(([v, x], [w, y]) => y - x || (v < w ? -1 : 1)).slice(0, TOP);

function weightedJaccard(a: Counts, b: Counts): number {
  let [least, most] = [0, 0];
  for (const word of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(word) ?? 0, b.get(word) ?? 0];
    least += Math.min(x, y);
    most += Math.max(x, y);
  }
  return least / most;
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Which texts? usage: node bench/text/prose-agreement.ts FILE...');
  process.exit(2);
}
build();
console.log(`${'text'.padEnd(32)}top 100  with ties  wJaccard`);
for (const file of files) {
  const { text } = decodeText(readFileSync(file));
  const [ours, theirs] = [ourNouns(text), theirNouns(text)];
  const last = topOf(ours).at(-1)?.[1] ?? 1;
  const top = topOf(theirs);
  const among = new Set(topOf(ours).map(([word]) => word));
  const common = top.filter(([word]) => among.has(word)).length / top.length;
  const tied = top.filter(([word]) => (ours.get(word) ?? 0) >= last).length / top.length;
  const row = [
    common.toFixed(2).padStart(7),
    tied.toFixed(2).padStart(11),
    weightedJaccard(ours, theirs).toFixed(3).padStart(10),
  ];
  console.log(basename(file).padEnd(32) + row.join(''));
}
