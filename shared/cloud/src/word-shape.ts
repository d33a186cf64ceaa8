/** The shape of a word at a font size of one, centred on its ink: outlines of its letters, and the emoji among them. */
import type { Font, Glyph } from 'fontkit';
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

/** A word as it grows, and how far the pen has come. */
interface Line {
  glyphs: PlacedGlyph[];
  emoji: EmojiPart[];
  pen: number;
}

interface PlacedGlyph {
  outline: Outline;
  x: number;
  y: number;
}

/** @returns undefined when no font can draw it, or it has no ink */
export function shapeOf(word: string, name: FontName): WordShape | undefined {
  const line: Line = { glyphs: [], emoji: [], pen: 0 };
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
    const { xOffset, yOffset, xAdvance } = positions[index]!;
    const outline = outlineOf(glyph, scale);
    if (outline.commands.length > 0) line.glyphs.push({ outline, x: line.pen + xOffset * scale, y: -yOffset * scale });
    line.pen += xAdvance * scale;
  }
  return true;
}

/** fontkit keeps the glyphs of a font, so these last as long. */
const outlines = new WeakMap<Glyph, Outline>();

function outlineOf(glyph: Glyph, scale: number): Outline {
  const known = outlines.get(glyph);
  if (known) return known;
  const commands: Command[] = [];
  const points: number[] = [];
  for (const { command, args } of glyph.path.commands) {
    commands.push(COMMANDS[command]!);
    // Fonts count upwards, pictures downwards.
    for (let i = 0; i < args.length; i += 2) points.push(args[i]! * scale, -args[i + 1]! * scale);
  }
  const outline = { commands, points: Float64Array.from(points) };
  outlines.set(glyph, outline);
  return outline;
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
function centred({ glyphs, emoji }: Line): WordShape | undefined {
  const silhouettes = emoji.map(({ form, x, y }) => ({ outline: form.silhouette, x, y }));
  const outline = joined([...glyphs, ...silhouettes]);
  const { points } = outline;
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    if (x < box.left) box.left = x;
    if (x > box.right) box.right = x;
    if (y < box.top) box.top = y;
    if (y > box.bottom) box.bottom = y;
  }
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  if (!(width > 0 && height > 0)) return undefined;
  const [centerX, centerY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  for (let i = 0; i < points.length; i += 2) {
    points[i]! -= centerX;
    points[i + 1]! -= centerY;
  }
  if (emoji.length === 0) return { width, height, outline, letters: outline, emoji };
  const [commandCount, pointCount] = sizeOf(glyphs);
  return {
    width,
    height,
    outline,
    letters: { commands: outline.commands.slice(0, commandCount), points: points.subarray(0, pointCount) },
    emoji: emoji.map((part) => ({ ...part, x: part.x - centerX, y: part.y - centerY })),
  };
}

/** One outline of several, each moved to its place. */
function joined(parts: readonly PlacedGlyph[]): Outline {
  const [commandCount, pointCount] = sizeOf(parts);
  const commands = new Array<Command>(commandCount);
  const points = new Float64Array(pointCount);
  let command = 0;
  let point = 0;
  for (const { outline, x, y } of parts) {
    for (const letter of outline.commands) commands[command++] = letter;
    for (let i = 0; i < outline.points.length; i += 2) {
      points[point++] = outline.points[i]! + x;
      points[point++] = outline.points[i + 1]! + y;
    }
  }
  return { commands, points };
}

function sizeOf(parts: readonly PlacedGlyph[]): [commands: number, points: number] {
  let [commands, points] = [0, 0];
  for (const { outline } of parts) {
    commands += outline.commands.length;
    points += outline.points.length;
  }
  return [commands, points];
}
