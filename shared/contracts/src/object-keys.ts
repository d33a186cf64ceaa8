import type { EncodedFormat } from './maker-contract.ts';

/**
 * Keys of a task's objects. All begin with `tasks/<id>/`, so that deleting the task is deleting one prefix; results carry
 * the attempt, so that a maker that was given up cannot overwrite its successor's.
 */
export const objectKeys = {
  prefix: (taskId: string) => `tasks/${taskId}/`,
  source: (taskId: string) => `tasks/${taskId}/source`,
  compare: (taskId: string) => `tasks/${taskId}/compare`,
  mask: (taskId: string) => `tasks/${taskId}/mask`,
  attempt: (taskId: string, attempt: number) => `tasks/${taskId}/${attempt}/`,
  png: (taskId: string, attempt: number) => `tasks/${taskId}/${attempt}/image.png`,
  svg: (taskId: string, attempt: number) => `tasks/${taskId}/${attempt}/image.svg`,
  preview: (taskId: string, attempt: number) => `tasks/${taskId}/${attempt}/preview.png`,
  layout: (taskId: string, attempt: number) => `tasks/${taskId}/${attempt}/layout.json`,
  /** @param key of the PNG or the layout that it is made from */
  encoded: (key: string, format: EncodedFormat) => `${key.slice(0, key.lastIndexOf('/'))}/image.${format}`,
  words: (taskId: string, attempt: number) => `tasks/${taskId}/${attempt}/words.json`,
} as const;
