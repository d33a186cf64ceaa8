/** A task for tests. */
import { DEFAULT_OPTIONS, type Task } from '@wordcloud/contracts';

/** @param number the higher, the newer */
export function makeTask(number: number, change: Partial<Task> = {}): Task {
  const at = `2026-11-20T15:00:00.${String(number).padStart(3, '0')}Z`;
  return {
    id: `0192f000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    title: `text ${number}.txt`,
    status: 'succeeded',
    progress: { stage: 'done', percent: 100 },
    lang: 'en',
    options: structuredClone({ ...DEFAULT_OPTIONS }),
    source: { bytes: 100, encoding: 'utf-8' },
    image: { png: '/image.png', svg: '/image.svg', width: 1200, height: 800 },
    stats: { tokens: 20, distinct: 10, placed: 10, fill: 0.5, ms: { segment: 1, layout: 1, draw: 1, total: 3 } },
    error: null,
    hasMask: false,
    preview: null,
    comparedWith: null,
    attempts: 1,
    createdAt: at,
    updatedAt: at,
    finishedAt: at,
    ...change,
  };
}
