/** What the engine takes and gives. */
import type { Picture } from './svg.ts';

export interface WeightedWord {
  word: string;
  /** Above 0; how often it occurs, say. */
  weight: number;
  /** Part of speech, for `colorBy: 'pos'`; null or absent where it is not known. */
  pos?: string | null;
  /** `#rrggbb`: goes before every other colour, but is made readable on the background like all. */
  color?: string;
}

export interface PlacedWord {
  word: string;
  weight: number;
  /** Pixels. */
  fontSize: number;
  /** Centre of the ink, in pixels from the upper left corner. */
  x: number;
  y: number;
  /** Degrees clockwise. */
  angle: number;
  /** `#rrggbb`; emoji have their own colours. */
  color: string;
  /** With `repeat`: how often it is to be seen, smaller ones included; 1 or more. */
  copies?: number;
}

export interface SkippedWord {
  word: string;
  /**
   * `no-room`: not even at the smallest size, or not at its proportional size when `strict`; `no-glyph`: no font has one of its
   * letters; `no-weight`: weight not above 0.
   */
  reason: 'no-room' | 'no-glyph' | 'no-weight';
}

/** A picture, and what became of each word. */
export interface DrawnLayout extends Picture {
  placed: PlacedWord[];
  skipped: SkippedWord[];
}

export interface Cloud extends DrawnLayout {
  png: Uint8Array;
  /** Writes the SVG: the same words at the same places. */
  svg: () => string;
  /** Share of the allowed area that is covered with ink, 0 to 1. */
  fill: number;
  /** Milliseconds. */
  ms: { layout: number; draw: number };
}

export interface CloudHooks {
  /** Ends the work between two words; its reason is thrown. */
  signal?: AbortSignal;
  onStage?: (stage: 'layout' | 'drawing', percent: number) => void;
  /**
   * Called once, and waited for, when all words have their places and none is painted: for a preview. Painting may still make a
   * word smaller by a little, or leave one out.
   */
  onLayout?: (picture: Picture) => void | Promise<void>;
  /** An image file; words go where it is dark or not transparent. Takes the place of `shape`. */
  mask?: Uint8Array;
  /**
   * What an earlier cloud of the same size and scale had `placed`: words stay near to where they were, and keep their colours. A
   * hint: nothing is left out for it.
   */
  previous?: readonly PlacedWord[];
}
