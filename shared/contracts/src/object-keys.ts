/**
 * Keys of a task's objects. All begin with `tasks/<id>/`, so that deleting the task is deleting one prefix; results carry
 * the attempt, so that a maker that was given up cannot overwrite its successor's.
 */
export const objectKeys = {
  prefix: (taskId: string) => `tasks/${taskId}/`,
  source: (taskId: string) => `tasks/${taskId}/source`,
  mask: (taskId: string) => `tasks/${taskId}/mask`,
  attempt: (taskId: string, attempt: number) => `tasks/${taskId}/${attempt}/`,
  png: (taskId: string, attempt: number) => `tasks/${taskId}/${attempt}/image.png`,
  svg: (taskId: string, attempt: number) => `tasks/${taskId}/${attempt}/image.svg`,
  words: (taskId: string, attempt: number) => `tasks/${taskId}/${attempt}/words.json`,
} as const;
