/**
 * How far our Chinese nouns and names agree with those of Debian's python3-jieba (posseg), half by half, for the texts given:
 *
 *   node bench/text/agreement.ts chinese.txt ...
 *
 * The rules of chinese-names.ts were tuned on the first half of one novel, those of chinese-nouns.ts on all of it: only other
 * texts are held out. posseg is no truth, either: it takes 明白 and 冷笑 for persons, and has the mistakes of the dictionary that
 * chinese-nouns.ts mends, which lowers the agreement. Columns, of 0 to 1:
 *
 *   wJaccard   Σ min / Σ max of all nouns' counts
 *   top 50/100 common words among the most frequent
 *   names      of posseg's persons and places that the dictionary lacks, found at least twice, those that we count as nouns
 *   certain    of our persons and places that the dictionary lacks, found at least twice, those that posseg counts as nouns
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type CountedWord, countWords, decodeText } from '@wordcloud/text';

const PYTHON = '/usr/bin/python3';
const PEER = `
import sys, json, collections, jieba, jieba.posseg
jieba.setLogLevel(60)
nouns, tags = collections.Counter(), {}
for pair in jieba.posseg.cut(sys.stdin.read()):
    if len(pair.word) > 1 and pair.flag in ("n", "nr", "nrt", "nrfg", "ns", "nt", "nz"):
        nouns[pair.word] += 1
        tags.setdefault(pair.word, collections.Counter())[pair.flag] += 1
print(json.dumps([[word, count, tags[word].most_common(1)[0][0], word not in jieba.dt.FREQ or not jieba.dt.FREQ[word]]
    for word, count in nouns.items()]))
print(json.dumps([word for word in json.loads(sys.argv[1]) if jieba.dt.FREQ.get(word)]))
`;
const NAMES = /^(?:nr|ns)/;
const OUR_NAMES: readonly (string | null)[] = ['name', 'place'];

interface PeerWord {
  word: string;
  count: number;
  tag: string;
  isUnknown: boolean;
}

/** @returns posseg's nouns, and which of ours the dictionary has; undefined where python3 or jieba is missing */
function peerWords(text: string, ours: readonly CountedWord[]): { nouns: PeerWord[]; known: Set<string> } | undefined {
  const asked = JSON.stringify(ours.filter(({ count }) => count > 1).map(({ word }) => word));
  const { status, stdout } = spawnSync(PYTHON, ['-c', PEER, asked], { input: text, encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) return undefined;
  const [nouns, known] = stdout.trim().split('\n');
  return {
    nouns: (JSON.parse(nouns!) as [string, number, string, boolean][]).map(([word, count, tag, isUnknown]) => ({
      word,
      count,
      tag,
      isUnknown,
    })),
    known: new Set(JSON.parse(known!) as string[]),
  };
}

function weightedJaccard(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let [least, most] = [0, 0];
  for (const word of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(word) ?? 0, b.get(word) ?? 0];
    least += Math.min(x, y);
    most += Math.max(x, y);
  }
  return least / most;
}

function commonTop(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>, size: number): number {
  const top = (counts: ReadonlyMap<string, number>) =>
    [...counts].sort(([v, x], [w, y]) => y - x || (v < w ? -1 : 1)).slice(0, size);
  const ours = new Set(top(a).map(([word]) => word));
  return top(b).filter(([word]) => ours.has(word)).length / size;
}

const share = (part: number, all: number): string => (all === 0 ? '-' : `${(part / all).toFixed(2)} of ${all}`);

function row(name: string, text: string): string[] {
  const ours = countWords(text, { lang: 'zh', words: 'nouns', minLength: 2, stopwords: [] }).words;
  const peer = peerWords(text, ours);
  if (peer === undefined) {
    console.error(`${PYTHON} has no jieba: install python3-jieba`);
    process.exit(1);
  }
  const a = new Map(ours.map(({ word, count }) => [word, count]));
  const b = new Map(peer.nouns.map(({ word, count }) => [word, count]));
  const theirNames = peer.nouns.filter(({ tag, count, isUnknown }) => isUnknown && count > 1 && NAMES.test(tag));
  const ourNames = ours.filter(({ word, count, pos }) => count > 1 && OUR_NAMES.includes(pos) && !peer.known.has(word));
  return [
    name,
    weightedJaccard(a, b).toFixed(3),
    commonTop(a, b, 50).toFixed(2),
    commonTop(a, b, 100).toFixed(2),
    share(theirNames.filter(({ word }) => a.has(word)).length, theirNames.length),
    share(ourNames.filter(({ word }) => b.has(word)).length, ourNames.length),
  ];
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Which texts? usage: node bench/text/agreement.ts FILE...');
  process.exit(2);
}
const rows = [['text', 'wJaccard', 'top 50', 'top 100', 'names', 'certain']];
for (const file of files) {
  const { text } = decodeText(readFileSync(file));
  const middle = text.indexOf('\n', text.length >> 1);
  rows.push(row(`${basename(file)}, 1st half`, text.slice(0, middle)));
  rows.push(row(`${basename(file)}, 2nd half`, text.slice(middle)));
}
const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
for (const cells of rows) {
  const line = cells.map((cell, column) => cell.padEnd(widths[column]! + 2)).join('');
  console.log(line.trimEnd());
}
