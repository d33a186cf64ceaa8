/** The shape of a word at a font size of one, centred on its ink: outlines of its letters, and the emoji among them. */
import type { Font, Glyph, GlyphPosition } from 'fontkit';
import { visualRuns } from './bidi.ts';
import { type EmojiPart, emojiForm } from './emoji.ts';
import { type FontName, runsOf } from './fonts.ts';
import type { Command, Outline } from './outline.ts';

export interface WordShape {
  /** Size of the ink in ems. */
  width: number;
  height: number;
  /** What the word takes up, emoji by their silhouettes; the centre at 0, 0. */
  outline: Outline;
  /** Only the letters; the same as `outline` where there are no emoji. */
  letters: Outline;
  emoji: readonly EmojiPart[];
}

/** Where the centre of an emoji stands above the line, and the room on each side of it, in ems. */
const [EMOJI_RISE, EMOJI_SIDE] = [0.36, 0.06];

const COMMANDS: Record<string, Command> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
};

/** An outline as it grows, and how far the pen has come. */
interface Line {
  commands: Command[];
  points: number[];
  emoji: EmojiPart[];
  pen: number;
}

/** @returns undefined when no font can draw it, or it has no ink */
export function shapeOf(word: string, name: FontName): WordShape | undefined {
  const line: Line = { commands: [], points: [], emoji: [], pen: 0 };
  // Fonts have more letters with their marks than marks alone.
  for (const { text, rightToLeft } of visualRuns(word.normalize('NFC'))) {
    const runs = runsOf(text, name);
    if (runs === undefined) return undefined;
    for (const run of rightToLeft ? runs.toReversed() : runs) {
      const isDrawn = 'font' in run ? addText(line, run.font, run.text, rightToLeft) : addEmoji(line, run.emoji);
      if (!isDrawn) return undefined;
    }
  }
  return centred(line);
}

function addText(line: Line, font: Font, text: string, rightToLeft: boolean): boolean {
  const scale = 1 / font.unitsPerEm;
  const { glyphs, positions } = font.layout(text, undefined, undefined, undefined, rightToLeft ? 'rtl' : 'ltr');
  for (const [index, glyph] of glyphs.entries()) {
    // Glyph 0 is the box for what a font lacks; shaping may come to it although each letter is there.
    if (glyph.id === 0) return false;
    addGlyph(line, glyph, positions[index]!, scale);
    line.pen += positions[index]!.xAdvance * scale;
  }
  return true;
}

function addGlyph({ commands, points, pen }: Line, glyph: Glyph, position: GlyphPosition, scale: number): void {
  const { xOffset, yOffset } = position;
  for (const { command, args } of glyph.path.commands) {
    commands.push(COMMANDS[command]!);
    // Fonts count upwards, pictures downwards.
    for (let i = 0; i < args.length; i += 2) {
      points.push(pen + (args[i]! + xOffset) * scale, -(args[i + 1]! + yOffset) * scale);
    }
  }
}

function addEmoji(line: Line, emoji: string): boolean {
  const form = emojiForm(emoji);
  if (form === undefined) return false;
  line.pen += EMOJI_SIDE + form.width / 2;
  line.emoji.push({ emoji, form, x: line.pen, y: -EMOJI_RISE });
  line.pen += EMOJI_SIDE + form.width / 2;
  return true;
}

/** The box is that of all points, control points too: never too small. */
function centred({ commands, points, emoji }: Line): WordShape | undefined {
  const silhouettes = emoji.flatMap(({ form, x, y }) =>
    Array.from(form.silhouette.points, (value, i) => value + (i % 2 === 0 ? x : y)),
  );
  const all = Float64Array.from([...points, ...silhouettes]);
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let i = 0; i < all.length; i += 2) {
    const [x, y] = [all[i]!, all[i + 1]!];
    if (x < box.left) box.left = x;
    if (x > box.right) box.right = x;
    if (y < box.top) box.top = y;
    if (y > box.bottom) box.bottom = y;
  }
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  if (!(width > 0 && height > 0)) return undefined;
  const [centerX, centerY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  for (let i = 0; i < all.length; i += 2) {
    all[i]! -= centerX;
    all[i + 1]! -= centerY;
  }
  const letters = { commands, points: all.subarray(0, points.length) };
  if (emoji.length === 0) return { width, height, outline: letters, letters, emoji };
  const outline = {
    commands: [...commands, ...emoji.flatMap(({ form }) => form.silhouette.commands)],
    points: all,
  };
  return {
    width,
    height,
    outline,
    letters,
    emoji: emoji.map((part) => ({ ...part, x: part.x - centerX, y: part.y - centerY })),
  };
}
