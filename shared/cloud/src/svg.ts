/**
 * SVG of a cloud: outlines, so that it looks the same without any font, one group for each word with its name and weight.
 * Presentation attributes only: it passes the strictest content security policy and every sanitiser.
 */
import { drawEmoji } from './emoji.ts';
import { toPathData } from './outline.ts';
import type { WordShape } from './word-shape.ts';

export interface SvgWord {
  word: string;
  weight: number;
  shape: WordShape;
  /** Centre, pixels. */
  x: number;
  y: number;
  fontSize: number;
  /** Degrees clockwise. */
  angle: number;
  color: string;
}

export function encodeSvg(words: readonly SvgWord[], width: number, height: number, background: string): string {
  const label = words.slice(0, 10).map(({ word }) => word);
  const ground =
    background === 'transparent' ? '' : `<rect width="${width}" height="${height}" fill="${background}"/>\n`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(`Word cloud: ${label.join(', ')}`)}">
${ground}${words.map(group).join('\n')}
</svg>
`;
}

function group(item: SvgWord): string {
  const { word, weight, color } = item;
  const name = escapeXml(word);
  return `<g data-word="${name}" data-weight="${weight}" fill="${color}"><title>${name}: ${weight}</title>${ink(item)}</g>`;
}

function ink({ shape, x, y, fontSize, angle }: SvgWord): string {
  const turn = angle === 0 ? '' : ` rotate(${angle})`;
  const place = `translate(${round(x, 2)} ${round(y, 2)})${turn}`;
  if (shape.outline !== undefined)
    return `<path transform="${place} scale(${round(fontSize / 1000, 5)})" d="${toPathData(shape.outline)}"/>`;
  const [width, height] = [shape.width * fontSize, shape.height * fontSize];
  const box = `x="${round(-width / 2, 2)}" y="${round(-height / 2, 2)}" width="${round(width, 2)}" height="${round(height, 2)}"`;
  return `<image transform="${place}" ${box} href="${emojiImage(shape, fontSize)}"/>`;
}

/** Colour emoji have no outline: they go in as a picture, at twice their size for sharp screens. */
function emojiImage(shape: WordShape, fontSize: number): string {
  const size = fontSize * 2;
  const [width, height] = [Math.ceil(shape.width * size), Math.ceil(shape.height * size)];
  return drawEmoji({ emoji: shape.word, size, angle: 0, width, height, x: width / 2, y: height / 2 }).toDataURL(
    'image/png',
  );
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function escapeXml(text: string): string {
  const clean = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
  return clean.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
