/** A task that the server has just answered with, for the page that shows it: so it need not ask again. */
import type { Task } from '@wordcloud/contracts';

let handed: Task | undefined;

export function handOver(task: Task): void {
  handed = task;
}

/** Gives it once. */
export function takeHanded(id: string): Task | undefined {
  const task = handed?.id === id ? handed : undefined;
  handed = undefined;
  return task;
}
