/**
 * d3-cloud as a contender, on the canvas that this project draws its emoji with. It wants sizes, and drops what finds no room: areas
 * follow the counts, and the largest scale at which it drops nothing is searched for before the time is taken.
 */
import { createRequire } from 'node:module';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { answerJobs, type Made } from './answer.ts';
import type { Job } from './jobs.ts';

interface Placed {
  text: string;
  size: number;
  x: number;
  y: number;
  rotate: number;
}

/** The part of d3-cloud that is used here; it has no types. */
interface Layout {
  size(size: [number, number]): Layout;
  words(words: { text: string; size: number }[]): Layout;
  padding(pixels: number): Layout;
  font(name: string): Layout;
  fontSize(size: (word: Placed) => number): Layout;
  rotate(angle: () => number): Layout;
  random(random: () => number): Layout;
  canvas(create: () => unknown): Layout;
  on(event: 'end', done: (placed: Placed[]) => void): Layout;
  start(): Layout;
}

const layout = createRequire(import.meta.url)('d3-cloud') as () => Layout;
/** The first scale is so that the words would take this share of the picture; each next one is smaller. */
const FIRST_SHARE = 0.6;
const STEP = 0.93;
const MOST_STEPS = 20;
const COLORS = ['#0b3c5d', '#1d7a8c', '#2fa084', '#7a4fa3', '#c2417c', '#e07a3f'];

/** Mulberry32: the same words, the same picture. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Pixels of a word with the first one's count, for each job. */
const scales = new Map<string, number>();
const keyOf = ({ width, height, words }: Job): string => JSON.stringify([width, height, words]);

async function findScale(job: Job): Promise<void> {
  const key = keyOf(job);
  if (scales.has(key)) return;
  if (!GlobalFonts.has('Contest')) GlobalFonts.registerFromPath(job.font, 'Contest');
  const words = job.words ?? [];
  const most = words[0]?.[1] ?? 1;
  const letters = words.reduce((sum, [word, count]) => sum + (word.length * 0.6 * count) / most, 0);
  let scale = Math.sqrt((job.width * job.height * FIRST_SHARE) / letters);
  for (let i = 0; i < MOST_STEPS && (await place(job, scale)).length < words.length; i++) scale *= STEP;
  scales.set(key, scale);
}

function place({ width, height, words = [] }: Job, scale: number): Promise<Placed[]> {
  const most = words[0]?.[1] ?? 1;
  const random = createRandom(1);
  return new Promise((done) => {
    layout()
      .size([width, height])
      .words(words.map(([text, count]) => ({ text, size: scale * Math.sqrt(count / most) })))
      .padding(1)
      .font('Contest')
      .fontSize(({ size }) => size)
      .rotate(() => (random() < 0.25 ? 90 : 0))
      .random(random)
      .canvas(() => createCanvas(1, 1))
      .on('end', done)
      .start();
  });
}

async function draw(job: Job): Promise<Made> {
  const { width, height, words = [] } = job;
  const started = performance.now();
  const placed = await place(job, scales.get(keyOf(job))!);
  const laidOut = performance.now() - started;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.textAlign = 'center';
  for (const [i, { text, size, x, y, rotate }] of placed.entries()) {
    context.setTransform(1, 0, 0, 1, width / 2 + x, height / 2 + y);
    context.rotate((rotate * Math.PI) / 180);
    context.font = `${Math.floor(size)}px Contest`;
    context.fillStyle = COLORS[i % COLORS.length]!;
    context.fillText(text, 0, 0);
  }
  return { png: canvas.toBuffer('image/png'), placed: placed.length, asked: words.length, layout: laidOut };
}

await answerJobs(draw, { prepare: findScale });
