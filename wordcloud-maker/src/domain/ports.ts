/** What making needs from outside. */
import type { CloudOptions, CountedWord, Progress } from '@wordcloud/contracts';
import type { TraceContext } from '@wordcloud/telemetry';

/** The texts and pictures. */
export interface Objects {
  read(key: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
  write(key: string, bytes: Uint8Array, contentType: string, signal: AbortSignal): Promise<void>;
  removeAll(prefix: string): Promise<void>;
}

export interface Counted {
  lang: string;
  /** Null for documents, which state it in themselves. */
  encoding: string | null;
  tokens: number;
  words: CountedWord[];
}

/** Words and counts, from wordcloud-seg. */
export interface WordCounter {
  count(text: Uint8Array, options: CloudOptions, context: MakeContext): Promise<Counted>;
}

export interface Drawing {
  png: Uint8Array;
  svg: Uint8Array;
  /** The words that are in the picture. */
  placed: string[];
  fill: number;
  ms: { layout: number; draw: number };
}

/** Layout and drawing, off the event loop. */
export interface Painter {
  paint(
    words: { word: string; weight: number }[],
    options: CloudOptions,
    mask: Uint8Array | undefined,
    onStage: (stage: 'layout' | 'drawing', percent: number) => void,
    signal: AbortSignal,
  ): Promise<Drawing>;
}

/** Tells the task service how far the attempt is; that renews the lease of the attempt. */
export interface ProgressReporter {
  report(progress: Progress): Promise<void>;
}

export interface MakeContext {
  signal: AbortSignal;
  deadline?: number;
  requestId: string;
  /** The step of a trace that the making is. */
  trace?: TraceContext;
}
