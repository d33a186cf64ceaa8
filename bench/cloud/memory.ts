/**
 * Memory over a thousand clouds in one process: what is resident after 200 and after 1,000. Run by hand:
 *
 *   node --expose-gc bench/cloud/memory.ts
 */
import { makeCloud } from '@wordcloud/cloud';

const WORDS = Array.from({ length: 200 }, (_, i) => ({
  word: `${['tea', 'garden', '茶馆', '花园', 'Wörter'][i % 5]}${i}`,
  weight: 400 - 2 * i,
}));

/** Megabytes, after a collection, so that garbage that is only waiting does not count. */
async function resident(): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc?.();
  return process.memoryUsage().rss / 2 ** 20;
}

let after200 = 0;
for (let i = 1; i <= 1000; i++) {
  await makeCloud(WORDS, { seed: i });
  if (i % 200 !== 0) continue;
  const now = await resident();
  if (i === 200) after200 = now;
  console.log(
    `after ${String(i).padStart(4)} clouds: ${now.toFixed(0)} MB resident, ${(now / after200).toFixed(2)} of that after 200`,
  );
}
