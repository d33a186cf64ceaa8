/**
 * Memory over a thousand clouds in one process: what is resident after 200 and after 1,000. Run by hand:
 *
 *   node --expose-gc bench/cloud/memory.ts [--emoji]
 *
 * With `--emoji` each cloud has emoji and a mask: the two things for which a canvas is read back.
 */
import { makeCloud } from '@wordcloud/cloud';

const withCanvas = process.argv.includes('--emoji');

const WORDS = Array.from({ length: 200 }, (_, i) => ({
  word: `${['tea', 'garden', '茶馆', '花园', 'Wörter'][i % 5]}${i}`,
  weight: 400 - 2 * i,
}));
if (withCanvas)
  for (const [i, word] of ['😀', '🎉', '🚀', 'I❤️NY', '🌍'].entries()) WORDS.push({ word, weight: 380 - i * 20 });

/** A disc. The canvas is loaded only for it, as the engine does: it brings the fonts of the system with it. */
async function discMask(): Promise<Uint8Array> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const context = createCanvas(600, 600).getContext('2d');
  context.arc(300, 300, 290, 0, 7);
  context.fill();
  return context.canvas.encode('png');
}
const mask = withCanvas ? await discMask() : undefined;

/** Megabytes, after a collection, so that garbage that is only waiting does not count. */
async function resident(): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc?.();
  return process.memoryUsage().rss / 2 ** 20;
}

let after200 = 0;
for (let i = 1; i <= 1000; i++) {
  await makeCloud(WORDS, { seed: i }, mask && { mask });
  if (i % 200 !== 0) continue;
  const now = await resident();
  if (i === 200) after200 = now;
  console.log(
    `after ${String(i).padStart(4)} clouds: ${now.toFixed(0)} MB resident, ${(now / after200).toFixed(2)} of that after 200`,
  );
}
