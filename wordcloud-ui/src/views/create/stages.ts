/** The way of a cloud, from the browser to the shelf. */
import type { Progress } from '@wordcloud/contracts';

/** Sending is the browser's part; the rest is the task's. */
export type Stage = 'uploading' | Progress['stage'];

/** In their order; the end is no stage to wait in. */
export const STAGES = [
  'uploading',
  'queued',
  'reading',
  'segmenting',
  'layout',
  'drawing',
  'storing',
] as const satisfies readonly Stage[];

/** Where `stage` stands when `current` is being worked on. */
export function stageState(stage: (typeof STAGES)[number], current: Stage): 'done' | 'now' | 'next' {
  if (current === 'done') return 'done';
  const [at, now] = [STAGES.indexOf(stage), STAGES.indexOf(current)];
  if (at === now) return 'now';
  return at < now ? 'done' : 'next';
}
