/**
 * SVG of a cloud: outlines, so that it looks the same without any font, one group for each word with its name and weight.
 * Presentation attributes only: it passes the strictest content security policy and every sanitiser.
 */
import { emojiImage } from './emoji.ts';
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

/** Points lie on a grid of a fortieth of a pixel: nothing is lost up to a magnification of twenty, half of the size is saved. */
const STEPS_PER_PIXEL = 40;
const MOST_STEPS = 1000;

function ink({ shape, x, y, fontSize, angle }: SvgWord): string {
  const turn = angle === 0 ? '' : ` rotate(${angle})`;
  const place = `translate(${round(x, 2)} ${round(y, 2)})${turn}`;
  const steps = Math.min(MOST_STEPS, Math.ceil(fontSize * STEPS_PER_PIXEL));
  const letters =
    shape.letters.commands.length === 0
      ? ''
      : `<path transform="${place} scale(${Number((fontSize / steps).toPrecision(6))})" d="${toPathData(shape.letters, steps)}"/>`;
  const emoji = shape.emoji.map(({ emoji, form, x: centerX, y: centerY }) => {
    const [width, height] = [form.width * fontSize, form.height * fontSize];
    const [left, top] = [centerX * fontSize - width / 2, centerY * fontSize - height / 2];
    const box = `x="${round(left, 2)}" y="${round(top, 2)}" width="${round(width, 2)}" height="${round(height, 2)}"`;
    const href = emojiImage(emoji, form, fontSize);
    return `<image transform="${place}" ${box} preserveAspectRatio="none" href="${href}"/>`;
  });
  return letters + emoji.join('');
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function escapeXml(text: string): string {
  const clean = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
  return clean.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
