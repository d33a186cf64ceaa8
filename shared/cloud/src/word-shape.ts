/** The shape of a word at a font size of one, centred on its ink: an outline, or for emoji a picture. */
import type { Glyph, GlyphPosition } from 'fontkit';
import { type FontName, isEmoji, runsOf } from './fonts.ts';
import type { Command, Outline } from './outline.ts';

export interface WordShape {
  word: string;
  /** Size of the ink in ems. */
  width: number;
  height: number;
  /** The ink's centre at 0, 0. Undefined for emoji, which only a canvas can draw. */
  outline: Outline | undefined;
}

/** Emoji are square, a little larger than the font size. */
const EMOJI_SIDE = 1.25;

/** @returns undefined when no font can draw it, or it has no ink */
export function shapeOf(word: string, font: FontName): WordShape | undefined {
  if (!isEmoji(word)) return outlineShape(word, font);
  const count = Array.from(new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(word)).length;
  return { word, width: EMOJI_SIDE * count, height: EMOJI_SIDE, outline: undefined };
}

const COMMANDS: Record<string, Command> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
};

function outlineShape(word: string, name: FontName): WordShape | undefined {
  const runs = runsOf(word, name);
  if (runs === undefined) return undefined;
  const commands: Command[] = [];
  const points: number[] = [];
  let pen = 0;
  const add = (glyph: Glyph, { xOffset, yOffset }: GlyphPosition, scale: number) => {
    for (const { command, args } of glyph.path.commands) {
      commands.push(COMMANDS[command]!);
      // Fonts count upwards, pictures downwards.
      for (let i = 0; i < args.length; i += 2) {
        points.push(pen + (args[i]! + xOffset) * scale, -(args[i + 1]! + yOffset) * scale);
      }
    }
  };
  for (const { font, text } of runs) {
    const scale = 1 / font.unitsPerEm;
    const { glyphs, positions } = font.layout(text);
    for (const [index, glyph] of glyphs.entries()) {
      // Glyph 0 is the box for what a font lacks; shaping may come to it although each letter is there.
      if (glyph.id === 0) return undefined;
      add(glyph, positions[index]!, scale);
      pen += positions[index]!.xAdvance * scale;
    }
  }
  return points.length === 0 ? undefined : centred(word, commands, Float64Array.from(points));
}

/** The box is that of all points, control points too: never too small. */
function centred(word: string, commands: Command[], points: Float64Array): WordShape | undefined {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
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
  return { word, width, height, outline: { commands, points } };
}
