/** What making needs from outside. */
import type { CloudOptions, CountedWord, EncodedFormat, Progress } from '@wordcloud/contracts';
import type { TraceContext } from '@wordcloud/telemetry';

/** The texts and pictures. */
export interface Objects {
  read(key: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
  /** @returns undefined when there is none */
  find(key: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array | undefined>;
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
  /** What every other format can be made from. */
  layout: Uint8Array;
  /** The words that are in the picture. */
  placed: string[];
  fill: number;
  ms: { layout: number; draw: number };
}

export interface PaintEvents {
  onStage(stage: 'layout' | 'drawing', percent: number): void;
  /** Of a large picture only, before it is painted. */
  onPreview(png: Uint8Array): void;
}

/** Layout and drawing, off the event loop. */
export interface Painter {
  paint(
    words: { word: string; weight: number; pos: string | null; color?: string }[],
    options: CloudOptions,
    mask: Uint8Array | undefined,
    events: PaintEvents,
    signal: AbortSignal,
  ): Promise<Drawing>;
}

/** Makes further formats, off the event loop. */
export interface Encoder {
  /**
   * @param source of WebP the PNG, of all others the layout
   * @throws ProblemError NO_LAYOUT when it cannot be drawn any more
   */
  encode(source: Uint8Array, format: EncodedFormat, naming: Naming, signal: AbortSignal): Promise<Uint8Array>;
}

/** What a file says of itself. */
export interface Naming {
  title: string;
  /** Of the text; null where it is not known. */
  lang: string | null;
}

/** Tells the task service how far the attempt is; that renews the lease of the attempt. */
export interface ProgressReporter {
  /** @param previewKey of a preview that has just been stored */
  report(progress: Progress, previewKey?: string): Promise<void>;
}

export interface MakeContext {
  signal: AbortSignal;
  deadline?: number;
  requestId: string;
  /** The step of a trace that the making is. */
  trace?: TraceContext;
}
