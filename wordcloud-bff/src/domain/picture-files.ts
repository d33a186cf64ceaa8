/** The files of a finished picture: stored with it, or made by a maker on the first wish for them. */
import { type ImageFormat, isProblem, objectKeys, ProblemError, type TaskRecord } from '@wordcloud/contracts';
import { finishedResult } from './finished-result.ts';
import type { CallContext, MakerService, Objects } from './ports.ts';
import { titleWithoutEnding } from './title.ts';

/** `text.svg`: with real text instead of outlines. */
export type PictureFormat = ImageFormat | 'text.svg';

export interface PictureFiles {
  /**
   * @throws ProblemError NOT_READY, NOT_FOUND when it is deleted meanwhile, NO_LAYOUT for a picture from before layouts were kept, and
   *   what calling a maker throws
   */
  open(
    task: TaskRecord,
    format: PictureFormat,
    context: CallContext & { signal: AbortSignal },
  ): ReturnType<Objects['read']>;
  /** @throws ProblemError NOT_FOUND */
  openPreview(task: TaskRecord, signal: AbortSignal): ReturnType<Objects['read']>;
}

export function createPictureFiles(objects: Objects, maker: Pick<MakerService, 'encode'>): PictureFiles {
  return {
    async open(task, format, context) {
      const result = finishedResult(task);
      const { signal } = context;
      if (format === 'png' || format === 'svg') return objects.read(result[format], signal);
      const source = format === 'webp' ? result.png : layoutOf(result);
      if (format === 'json') return objects.read(source, signal);
      const key = objectKeys.encoded(source, format);
      try {
        return await objects.read(key, signal);
      } catch (error) {
        if (!isProblem(error, 'NOT_FOUND')) throw error;
      }
      const { id: taskId, ownerId, lang } = task;
      const body = { taskId, ownerId, key: source, format, title: titleWithoutEnding(task.title), lang };
      await maker.encode({ body }, context);
      return objects.read(key, signal);
    },
    async openPreview({ previewKey }, signal) {
      if (previewKey !== null) return objects.read(previewKey, signal);
      throw new ProblemError('NOT_FOUND', 'There is no preview: only a large picture has one, while it is painted.');
    },
  };
}

function layoutOf({ layout }: NonNullable<TaskRecord['result']>): string {
  if (layout !== null) return layout;
  const detail = 'This word cloud was made before this format was there: make it again (retry) to get it.';
  throw new ProblemError('NO_LAYOUT', detail);
}
