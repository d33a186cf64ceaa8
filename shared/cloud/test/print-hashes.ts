/**
 * Makes some clouds in each of so many worker threads, and prints, a line of JSON for each, the hashes of what came out. Usage:
 * `node print-hashes.ts <threads>`. The first line is the number of font families that the canvas finds on this machine.
 */
import { createHash } from 'node:crypto';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { GlobalFonts } from '@napi-rs/canvas';
import { type CloudOptions, layoutJson, makeCloud } from '../src/index.ts';
import { masks } from './inside.ts';
import { WORDS, words } from './words.ts';

export interface HashLine {
  name: string;
  png: string;
  svg: string;
  layout: string;
  placed: number;
  skipped: { word: string; reason: string }[];
}

const SIZE = { width: 300, height: 200, seed: 5 };
const scripts = [...WORDS, 'naïve', '我爱你', '👩‍🚀', 'السلام', 'tea\u{13000}', '\u{13000}'];
const mixed = scripts.map((word, i) => ({ word, weight: scripts.length - i }));
const CASES: [name: string, list: typeof mixed, options: Partial<CloudOptions>, mask?: Uint8Array][] = [
  ['scripts and emoji', mixed, { rotation: 'free' }],
  ['a heart', words(120), { shape: 'heart', contour: 3, font: 'sans-black' }],
  ['an emoji as shape, copies', mixed, { shapeText: '☕', repeat: true, background: 'transparent' }],
  ['a mask and its colours', words(60), { colorBy: 'image', scale: 2, font: 'sans-light' }, masks[0]!],
  ['strict sizes', words(60), { strict: true, scaling: 'log', angles: [-45, 0, 30] }],
];

const hash = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** @param first the index of the case to begin with: no thread makes the same ones at the same time */
async function makeAll(first: number): Promise<HashLine[]> {
  const lines: HashLine[] = [];
  for (const [name, list, options, mask] of [...CASES.slice(first), ...CASES.slice(0, first)]) {
    const cloud = await makeCloud(list, { ...SIZE, ...options }, mask && { mask });
    const { placed, skipped } = cloud;
    const [png, svg, layout] = [cloud.png, cloud.svg(), layoutJson(cloud)].map(hash) as [string, string, string];
    lines.push({ name, png, svg, layout, placed: placed.length, skipped });
  }
  return lines;
}

if (isMainThread) {
  console.log(GlobalFonts.families.length);
  for (let thread = 0; thread < Number(process.argv[2]); thread++) {
    const worker = new Worker(new URL(import.meta.url), { workerData: (thread * 2) % CASES.length });
    worker.on('message', (lines: HashLine[]) => {
      for (const line of lines) console.log(JSON.stringify(line));
    });
  }
} else {
  parentPort!.postMessage(await makeAll(workerData));
}
