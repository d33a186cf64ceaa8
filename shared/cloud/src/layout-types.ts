/** What the parts of the layout tell each other. */
import type { Area } from './area.ts';
import type { Occupancy } from './occupancy.ts';
import type { CloudOptions } from './options.ts';
import type { Stamp } from './stamp.ts';
import type { WordShape } from './word-shape.ts';

export interface LayoutWord {
  word: string;
  weight: number;
  /** Size relative to the largest word, 0 to 1. */
  share: number;
  shape: WordShape;
  /** Nothing may stand inside of its letters. */
  solid: boolean;
  /** Part of speech, where it is known. */
  pos?: string | null | undefined;
  /** `#rrggbb`, where the word has a colour of its own. */
  color?: string | undefined;
}

export interface LaidOut {
  item: LayoutWord;
  /** Centre of the ink and font size, in cells. */
  x: number;
  y: number;
  size: number;
  /** Degrees clockwise. */
  angle: number;
  /** A further one of a word that stands elsewhere already. */
  isCopy?: boolean;
}

export interface Layout {
  placed: LaidOut[];
  skipped: LayoutWord[];
  /** What is taken by the words placed. */
  occupancy: Occupancy;
}

export interface LayoutHooks {
  signal?: AbortSignal | undefined;
  onPercent: (percent: number) => void;
  /** An earlier layout, near to which this one is to be. */
  former?: Former | undefined;
}

/** Where words stood in an earlier layout, by word, in cells of this one. */
export type Former = ReadonlyMap<string, { x: number; y: number; size: number; angle: number; weight: number }>;

/** What holds for all tries of a layout. */
export interface Setting {
  area: Area;
  /** Cells. */
  minSize: number;
  maxSize: number;
  margin: number;
  stamp: Stamp;
  options: CloudOptions;
  hooks: LayoutHooks;
}
