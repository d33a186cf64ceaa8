/** The stages of a task one after the other, as a trace shows them. */
import type { Task } from '@wordcloud/contracts';

export type Stage = 'waiting' | 'segment' | 'layout' | 'draw' | 'store';

export interface StageBar {
  stage: Stage;
  /** Milliseconds since the task came. */
  startMs: number;
  ms: number;
}

export interface Waterfall {
  bars: readonly StageBar[];
  totalMs: number;
}

/**
 * Waiting is what the maker did not take: in the queue, and on the way. Segmenting begins with reading the text; what is left of the maker's
 * time after drawing is storing. A task that was made again has waited before that for what is not known, so its waiting is left out.
 *
 * @returns undefined while it is not finished
 */
export function waterfallOf({ stats, createdAt, finishedAt, attempts }: Task): Waterfall | undefined {
  if (stats === null || finishedAt === null) return undefined;
  const { segment, layout, draw, total } = stats.ms;
  const whole = Date.parse(finishedAt) - Date.parse(createdAt);
  const store = Math.max(0, total - segment - layout - draw);
  const durations: [Stage, number][] = [
    ['waiting', attempts > 1 ? 0 : Math.max(0, whole - total)],
    ['segment', segment],
    ['layout', layout],
    ['draw', draw],
    ['store', store],
  ];
  let startMs = 0;
  const bars = durations.map(([stage, ms]) => {
    const bar = { stage, startMs, ms };
    startMs += ms;
    return bar;
  });
  return { bars, totalMs: startMs };
}

/** Newest first, so many at most; a task that is known already is replaced. */
export function keepLatest(tasks: readonly Task[], task: Task, most: number): Task[] {
  return [task, ...tasks.filter(({ id }) => id !== task.id)]
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    .slice(0, most);
}
