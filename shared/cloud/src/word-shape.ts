/** The shape of a word at one pixel of font size, centred on its ink: an outline, or a picture for emoji. */
import { GlobalFonts, Path2D, type SKRSContext2D } from '@napi-rs/canvas';
import { emojiFontPath, type FontName, isEmoji, runsOf } from './fonts.ts';

export interface WordShape {
  /** Size of the ink at font size 1. */
  width: number;
  height: number;
  /** Outline in thousandths of the font size, y down, the ink's centre at 0, 0; undefined for emoji. */
  outline: string | undefined;
  /** Draws the ink around 0, 0 at font size 1, in the fill style of the context; emoji in their own colours. */
  draw(context: SKRSContext2D): void;
}

const UNITS = 1000;

/** @returns undefined when no font can draw it */
export function shapeOf(word: string, font: FontName): WordShape | undefined {
  return isEmoji(word) ? emojiShape(word) : outlineShape(word, font);
}

function outlineShape(word: string, name: FontName): WordShape | undefined {
  const runs = runsOf(word, name);
  if (runs === undefined) return undefined;
  const pieces: Piece[] = [];
  let pen = 0;
  for (const { font, text } of runs) {
    const scale = UNITS / font.unitsPerEm;
    const { glyphs, positions } = font.layout(text);
    // Glyph 0 is the box for what a font lacks; shaping may come to it although each letter is there.
    if (glyphs.some(({ id }) => id === 0)) return undefined;
    glyphs.forEach((glyph, index) => {
      const { xAdvance, xOffset, yOffset } = positions[index]!;
      pieces.push({ commands: glyph.path.commands, x: pen + xOffset * scale, y: yOffset * scale, scale });
      pen += xAdvance * scale;
    });
  }
  const box = boundsOf(pieces);
  if (box === undefined) return undefined;
  const outline = toPath(pieces, (box.left + box.right) / 2, (box.bottom + box.top) / 2);
  const path = new Path2D(outline);
  return {
    width: (box.right - box.left) / UNITS,
    height: (box.top - box.bottom) / UNITS,
    outline,
    draw(context) {
      context.scale(1 / UNITS, 1 / UNITS);
      context.fill(path);
    },
  };
}

interface Piece {
  commands: { command: string; args: number[] }[];
  x: number;
  y: number;
  scale: number;
}

/** The box of all points, control points too: never too small. */
function boundsOf(pieces: readonly Piece[]) {
  const box = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
  for (const { commands, x, y, scale } of pieces) {
    for (const { args } of commands) {
      for (let i = 0; i < args.length; i += 2) {
        const [px, py] = [x + args[i]! * scale, y + args[i + 1]! * scale];
        box.left = Math.min(box.left, px);
        box.right = Math.max(box.right, px);
        box.bottom = Math.min(box.bottom, py);
        box.top = Math.max(box.top, py);
      }
    }
  }
  return box.left < box.right && box.bottom < box.top ? box : undefined;
}

const LETTERS: Record<string, string> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
};

/** SVG path data, in whole units: a thousandth of the font size is less than a pixel of any size there is. */
function toPath(pieces: readonly Piece[], centerX: number, centerY: number): string {
  const parts: string[] = [];
  for (const { commands, x, y, scale } of pieces) {
    for (const { command, args } of commands) {
      const numbers = args.map((value, i) =>
        Math.round(i % 2 === 0 ? x + value * scale - centerX : centerY - (y + value * scale)),
      );
      parts.push(LETTERS[command]! + numbers.join(' ').replaceAll(' -', '-'));
    }
  }
  return parts.join('');
}

const EMOJI_FAMILY = 'wordcloud emoji';
let emojiRegistered = false;

/** Emoji are square, a little larger than the font size. */
const EMOJI_SIDE = 1.25;

function emojiShape(word: string): WordShape {
  if (!emojiRegistered) emojiRegistered = GlobalFonts.registerFromPath(emojiFontPath(), EMOJI_FAMILY) !== null;
  const count = Array.from(new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(word)).length;
  return {
    width: EMOJI_SIDE * count,
    height: EMOJI_SIDE,
    outline: undefined,
    draw(context) {
      // At a size of its own: the canvas has no type of one pixel.
      context.scale(1 / 100, 1 / 100);
      context.font = `100px "${EMOJI_FAMILY}"`;
      context.textAlign = 'center';
      context.textBaseline = 'alphabetic';
      const { actualBoundingBoxAscent: ascent, actualBoundingBoxDescent: descent } = context.measureText(word);
      context.fillText(word, 0, (ascent - descent) / 2);
    },
  };
}
