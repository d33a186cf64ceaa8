/** Runs in a worker thread: decodes, cuts, counts. */
import type { WorkerOutcome } from '@wordcloud/service-kit';
import { countWords, extractText, UnreadableFileError, warmUp } from '@wordcloud/text';
import type { SegmentOptions, SegmentResult } from '../domain/segment-text.ts';

export interface SegmentJob {
  bytes: Uint8Array;
  options: SegmentOptions;
}

// Dictionaries load while the service starts, not during the first request.
warmUp();

export default async function segment({ bytes, options }: SegmentJob): Promise<WorkerOutcome<SegmentResult>> {
  try {
    const { text, encoding } = await extractText(bytes);
    const { lang, tokens, words } = countWords(text, options);
    return { ok: true, value: { lang, encoding, tokens, words } };
  } catch (error) {
    if (error instanceof UnreadableFileError) return { ok: false, code: CODES[error.code], detail: error.message };
    throw error;
  }
}

/** Whoever sent the file can do the same about most of them: send another one. */
const CODES = {
  NOT_TEXT: 'NOT_TEXT',
  UNSUPPORTED_FORMAT: 'NOT_TEXT',
  ENCRYPTED: 'NOT_TEXT',
  DAMAGED: 'NOT_TEXT',
  STOPPED: 'NOT_TEXT',
  NO_TEXT: 'EMPTY_TEXT',
  TOO_LARGE: 'TOO_LARGE',
} as const satisfies Record<UnreadableFileError['code'], string>;
