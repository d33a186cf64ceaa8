/** Runs in a worker thread: decodes, cuts, counts. */
import type { WorkerOutcome } from '@wordcloud/service-kit';
import { countWords, decodeText, NotTextError, warmUp } from '@wordcloud/text';
import type { SegmentOptions, SegmentResult } from '../domain/segment-text.ts';

export interface SegmentJob {
  bytes: Uint8Array;
  options: SegmentOptions;
}

// Dictionaries load while the service starts, not during the first request.
warmUp();

export default function segment({ bytes, options }: SegmentJob): WorkerOutcome<SegmentResult> {
  try {
    const { text, encoding } = decodeText(bytes);
    const { lang, tokens, words } = countWords(text, options as Parameters<typeof countWords>[1]);
    return { ok: true, value: { lang, encoding, tokens, words } };
  } catch (error) {
    if (error instanceof NotTextError) return { ok: false, code: 'NOT_TEXT', detail: error.message };
    throw error;
  }
}
