/**
 * SVG of a cloud: outlines, so that it looks the same without any font, one group for each word with its name and weight.
 * Presentation attributes only: it passes the strictest content security policy and every sanitiser.
 */
import { emojiImage } from './emoji.ts';
import type { FontName } from './fonts.ts';
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

/** A line around the shape, in pixels of the picture. */
export interface Contour {
  /** SVG path data of absolute M, L, H, V, Q, C and Z. */
  path: string;
  width: number;
  /** `#rrggbb`. */
  color: string;
}

/** What every format is made from. */
export interface Picture {
  /** The heaviest first; copies come last. */
  drawn: readonly SvgWord[];
  /** What the words were drawn with. */
  font: FontName;
  width: number;
  height: number;
  /** `#rrggbb` or `transparent`. */
  background: string;
  /** The line around shape or mask, where one was wished for. */
  contour?: Contour;
}

export function encodeSvg(picture: Picture): string {
  const ink = picture.drawn.map((item) => svgGroup(item, svgInk(item)));
  return svgDocument(picture, ink.join('\n'));
}

/** The frame of an SVG, whatever draws the words. */
export function svgDocument({ drawn, width, height, background, contour }: Picture, content: string): string {
  const label = drawn.slice(0, 10).map(({ word }) => word);
  const ground =
    background === 'transparent' ? '' : `<rect width="${width}" height="${height}" fill="${background}"/>\n`;
  const line = contour
    ? `<path d="${escapeXml(contour.path)}" fill="none" stroke="${escapeXml(contour.color)}" stroke-width="${contour.width}" stroke-linejoin="round"/>\n`
    : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(`Word cloud: ${label.join(', ')}`)}">
${ground}${line}${content}
</svg>
`;
}

/** One word with its name and weight around what draws it. */
export function svgGroup({ word, weight, color }: SvgWord, ink: string): string {
  const name = escapeXml(word);
  return `<g data-word="${name}" data-weight="${weight}" fill="${color}"><title>${name}: ${weight}</title>${ink}</g>`;
}

/** Points lie on a grid of a fortieth of a pixel: nothing is lost up to a magnification of twenty, half of the size is saved. */
const STEPS_PER_PIXEL = 40;
const MOST_STEPS = 1000;

/** How many steps of that grid an em has. */
export const stepsOf = (fontSize: number): number => Math.min(MOST_STEPS, Math.ceil(fontSize * STEPS_PER_PIXEL));

/** Moves the origin to the centre of a word and turns it. */
export const svgPlace = ({ x, y, angle }: SvgWord): string =>
  `translate(${round(x, 2)} ${round(y, 2)})${angle === 0 ? '' : ` rotate(${angle})`}`;

/** Letters as outlines, emoji as images. */
export function svgInk(item: SvgWord): string {
  const { shape, fontSize } = item;
  const steps = stepsOf(fontSize);
  const letters =
    shape.letters.commands.length === 0
      ? ''
      : `<path transform="${svgPlace(item)} scale(${Number((fontSize / steps).toPrecision(6))})" d="${toPathData(shape.letters, steps)}"/>`;
  return letters + svgEmoji(item);
}

export function svgEmoji(item: SvgWord): string {
  const { shape, fontSize } = item;
  const place = svgPlace(item);
  const emoji = shape.emoji.map(({ emoji, form, x: centerX, y: centerY }) => {
    const [width, height] = [form.width * fontSize, form.height * fontSize];
    const [left, top] = [centerX * fontSize - width / 2, centerY * fontSize - height / 2];
    const box = `x="${round(left, 2)}" y="${round(top, 2)}" width="${round(width, 2)}" height="${round(height, 2)}"`;
    const href = emojiImage(emoji, form, fontSize);
    return `<image transform="${place}" ${box} preserveAspectRatio="none" href="${href}"/>`;
  });
  return emoji.join('');
}

export const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Text for an attribute or an element of XML or HTML. Signs that XML must not have are left out. */
export function escapeXml(text: string): string {
  const clean = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
  return clean.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
