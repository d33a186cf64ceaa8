/**
 * How long cutting and counting takes, for the texts given as arguments:
 *
 *   node bench/text/segment.ts english.txt chinese.txt
 *
 * Prints the median of the rounds, in milliseconds and in MB and tokens a second. Where /usr/bin/python3 has jieba, its
 * part-of-speech tagger takes the same Chinese texts, turn by turn, so that both meet the same state of the machine.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { countWords, decodeText, warmUp } from '@wordcloud/text';

const ROUNDS = 15;
/** The peer takes seconds a round. */
const PEER_ROUNDS = 3;
const PYTHON = '/usr/bin/python3';
const PEER = `
import sys, time, jieba, jieba.posseg
jieba.setLogLevel(60)
text = open(sys.argv[1], encoding="utf-8").read()
list(jieba.posseg.cut("预热"))
started = time.perf_counter()
list(jieba.posseg.cut(text))
print((time.perf_counter() - started) * 1000)
`;

function median(times: number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** @returns milliseconds of one round, undefined where python3 or jieba is missing */
function peerTime(file: string): number | undefined {
  const { status, stdout } = spawnSync(PYTHON, ['-c', PEER, file], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
}

function timeOf(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function measure(file: string): void {
  const bytes = readFileSync(file);
  const count = () => countWords(decodeText(bytes).text, { lang: 'auto', words: 'nouns', minLength: 2, stopwords: [] });
  const { lang, tokens } = count();
  count();
  const times: number[] = [];
  const peerTimes: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push(timeOf(count));
    if (lang !== 'zh' || round % (ROUNDS / PEER_ROUNDS) !== 0) continue;
    const peer = peerTime(file);
    if (peer !== undefined) peerTimes.push(peer);
  }
  const ms = median(times);
  const speed = `${(bytes.length / 1000 / ms).toFixed(1)} MB/s, ${Math.round(tokens / ms)}k tokens/s`;
  console.log(`${basename(file)} (${lang}, ${bytes.length} bytes): ${ms.toFixed(1)} ms, ${speed}`);
  if (peerTimes.length > 0) {
    const peer = median(peerTimes);
    console.log(`  python jieba.posseg, cutting only: ${peer.toFixed(0)} ms, ${(peer / ms).toFixed(1)} times as long`);
  } else if (lang === 'zh') console.log(`  python jieba.posseg: not measured, ${PYTHON} has no jieba`);
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Which texts? usage: node bench/text/segment.ts FILE...');
  process.exit(2);
}
console.log(`dictionaries: ${timeOf(warmUp).toFixed(0)} ms to load`);
for (const file of files) measure(file);
