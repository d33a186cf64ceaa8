/**
 * Memory and throughput over many clouds in worker threads, as wordcloud-maker makes them:
 *
 *   node bench/wordcloud/endurance.ts [--workers 1] [--clouds 1000] [--emoji]
 *
 * With `--emoji` each cloud has emoji and a mask: the two things for which a canvas is read back. Prints one line of JSON.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { makeCloud } from '@wordcloud/cloud';

export interface Endurance {
  cloudsPerSecond: number;
  /** Megabytes resident: the most, after a half of the clouds, and after all of them. */
  peak: number;
  half: number;
  end: number;
}

/** As the service kit's worker pool limits it. */
const YOUNG_HEAP = { maxYoungGenerationSizeMb: 16 };
const WARM_UP = 15;
const WORDS = Array.from({ length: 200 }, (_, i) => ({
  word: `${['tea', 'garden', '茶馆', '花园', 'Wörter'][i % 5]}${i}`,
  weight: 1000 / (i + 1),
}));
const EMOJI = ['😀', '🎉', '🚀', 'I❤️NY', '🌍'].map((word, i) => ({ word, weight: 900 / (i * 20 + 1) }));

/** A disc. */
async function discMask(): Promise<Uint8Array> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const context = createCanvas(600, 600).getContext('2d');
  context.arc(300, 300, 290, 0, 7);
  context.fill();
  return context.canvas.encode('png');
}

async function work(): Promise<void> {
  const { hasEmoji } = workerData as { hasEmoji: boolean };
  const mask = hasEmoji ? await discMask() : undefined;
  const words = hasEmoji ? [...WORDS, ...EMOJI] : WORDS;
  const make = (seed: number) => makeCloud(words, { seed }, mask ? { mask } : {});
  for (let i = 0; i < WARM_UP; i++) await make(i);
  parentPort!.on('message', (seed: number) => {
    void make(seed).then(({ png }) => parentPort!.postMessage(png.length));
  });
  parentPort!.postMessage(0);
}

const resident = () => process.memoryUsage.rss() / 2 ** 20;

async function endure(workers: number, clouds: number, hasEmoji: boolean): Promise<Endurance> {
  const threads = Array.from(
    { length: workers },
    () => new Worker(new URL(import.meta.url), { workerData: { hasEmoji }, resourceLimits: YOUNG_HEAP }),
  );
  await Promise.all(threads.map((thread) => once(thread, 'message')));
  let [next, peak, half] = [0, 0, 0];
  const started = performance.now();
  const employ = async (thread: Worker) => {
    while (next < clouds) {
      const answer = once(thread, 'message');
      thread.postMessage(next++);
      await answer;
      peak = Math.max(peak, resident());
      if (next === Math.ceil(clouds / 2)) half = resident();
    }
  };
  await Promise.all(threads.map(employ));
  const seconds = (performance.now() - started) / 1000;
  const result = { cloudsPerSecond: clouds / seconds, peak, half, end: resident() };
  await Promise.all(threads.map((thread) => thread.terminate()));
  return result;
}

if (isMainThread) {
  const { values } = parseArgs({
    options: {
      workers: { type: 'string', default: '1' },
      clouds: { type: 'string', default: '1000' },
      emoji: { type: 'boolean', default: false },
    },
  });
  console.log(JSON.stringify(await endure(Number(values.workers), Number(values.clouds), values.emoji)));
} else await work();
