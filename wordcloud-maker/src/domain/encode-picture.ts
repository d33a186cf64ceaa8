/** The other use case of the maker: one more format of a picture that is finished. */
import { type EncodedFormat, objectKeys, ProblemError } from '@wordcloud/contracts';
import type { Encoder, MakeContext, Objects } from './ports.ts';

export interface EncodeJob {
  taskId: string;
  ownerId: string;
  /** Of the PNG for WebP, of the layout for all others. */
  key: string;
  format: EncodedFormat;
  title: string;
  lang: string | null;
}

/** Asks even when the caller has gone: what was stored must not outlive its task. */
export type TaskExists = (taskId: string, ownerId: string, context: { requestId: string }) => Promise<boolean>;

export interface EncodeDependencies {
  objects: Pick<Objects, 'find' | 'write' | 'removeAll'>;
  encoder: Encoder;
  taskExists: TaskExists;
}

export type EncodePicture = (job: EncodeJob, context: MakeContext) => Promise<void>;

/** No picture and no layout of ours has more: uncompressed, the largest PNG would. */
const MOST_BYTES = 64 * 1024 * 1024;

const CONTENT_TYPES: Record<EncodedFormat, string> = {
  pdf: 'application/pdf',
  webp: 'image/webp',
  html: 'text/html; charset=utf-8',
  'text.svg': 'image/svg+xml',
};

/**
 * The same picture gives the same bytes, so that two who make it at once do no harm.
 *
 * @returns a function that throws ProblemError NOT_FOUND when task or picture are gone, NO_LAYOUT, OVERLOADED
 */
export function createEncodePicture({ objects, encoder, taskExists }: EncodeDependencies): EncodePicture {
  return async ({ taskId, ownerId, key, format, title, lang }, { signal, requestId }) => {
    const source = await objects.find(key, MOST_BYTES, signal);
    if (source === undefined) throw new ProblemError('NOT_FOUND', 'The files of this word cloud are gone.');
    const bytes = await encoder.encode(source, format, { title, lang }, signal);
    await objects.write(objectKeys.encoded(key, format), bytes, CONTENT_TYPES[format], signal);
    // Whoever deletes forgets the task first and removes its files then: seen now, these are removed as well.
    if (await taskExists(taskId, ownerId, { requestId })) return;
    await objects.removeAll(objectKeys.prefix(taskId));
    throw new ProblemError('NOT_FOUND', 'The word cloud was deleted meanwhile.');
  };
}
