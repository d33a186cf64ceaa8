/** The one use case: bytes of a text in, counted words out. */
import { type CloudOptions, type CountedWord, ProblemError } from '@wordcloud/contracts';

export type SegmentOptions = Pick<CloudOptions, 'lang' | 'words' | 'minLength' | 'stopwords'> &
  Partial<Pick<CloudOptions, 'dictionary' | 'phrases' | 'mergePlurals' | 'numbers'>>;

export interface SegmentResult {
  lang: string;
  /** Null for documents, which state it in themselves. */
  encoding: string | null;
  tokens: number;
  words: CountedWord[];
}

/** Port: does the heavy work somewhere off the event loop. */
export interface Segmenter {
  segment(bytes: Uint8Array<ArrayBuffer>, options: SegmentOptions, signal: AbortSignal): Promise<SegmentResult>;
}

export type SegmentText = (content: string, options: SegmentOptions, signal: AbortSignal) => Promise<SegmentResult>;

/** @param maxBytes largest text, in bytes as it was uploaded */
export function createSegmentText(segmenter: Segmenter, maxBytes: number): SegmentText {
  return async (content, options, signal) => {
    const bytes = Buffer.from(content, 'base64');
    if (bytes.byteLength > maxBytes) {
      throw new ProblemError('TOO_LARGE', `The text has ${bytes.byteLength} bytes; at most ${maxBytes} are allowed.`);
    }
    return segmenter.segment(bytes, options, signal);
  };
}
