/** PDF of a cloud: one page, outlines as paths, emoji as images, and the words as text that can be searched and copied. */
import { setImmediate as turn } from 'node:timers/promises';
import { emojiImage } from '../emoji.ts';
import { type Outline, POINTS, parsePathData } from '../outline.ts';
import { parseColor } from '../palettes.ts';
import { type Picture, type SvgWord, stepsOf } from '../svg.ts';
import { type ObjectNumber, PdfFile, pdfNumber, pdfText } from './pdf-file.ts';
import { addWordFonts } from './pdf-words.ts';

/** CSS has 96 pixels to the inch, PDF 72 points: printed, it is as large as the SVG. */
const POINTS_PER_PIXEL = 0.75;

export interface PdfOptions {
  /** Shown in the title bar of readers; default `Word cloud`. */
  title?: string;
}

/**
 * Without fonts, dates or chance: the same cloud gives the same bytes. A transparent background stays without one.
 *
 * @param picture what `makeCloud` or `drawLayout` gave
 */
export async function encodePdf(picture: Picture, { title = 'Word cloud' }: PdfOptions = {}): Promise<Uint8Array> {
  const { drawn, width, height, background, contour } = picture;
  const file = new PdfFile();
  const content = [`${POINTS_PER_PIXEL} 0 0 -${POINTS_PER_PIXEL} 0 ${pdfNumber(height * POINTS_PER_PIXEL)} cm`];
  if (background !== 'transparent') content.push(`${colorOf(background)} rg 0 0 ${width} ${height} re f`);
  if (contour) {
    const line = pathOf(parsePathData(contour.path), (value) => pdfNumber(value));
    content.push(`${colorOf(contour.color)} RG ${pdfNumber(contour.width)} w 1 j ${line} S`);
  }
  const images = new Map<string, ObjectNumber>();
  for (const item of drawn) content.push(await word(item, file, images));
  const fonts = addWordFonts(file, drawn);
  content.push(...fonts.content);
  const stream = file.addStream('', content.join('\n'));
  const imageNames = [...images.values()].map((number) => `/I${number} ${number} 0 R`);
  const box = [width, height].map((value) => pdfNumber(value * POINTS_PER_PIXEL)).join(' ');
  const pages = file.reserve();
  const page = file.add(
    `<</Type/Page/Parent ${pages} 0 R/MediaBox[0 0 ${box}]/Contents ${stream} 0 R/Resources<<${fonts.resources}/XObject<<${imageNames.join('')}>>>>>>`,
  );
  file.add(`<</Type/Pages/Kids[${page} 0 R]/Count 1>>`, pages);
  const catalog = file.add(`<</Type/Catalog/Pages ${pages} 0 R/ViewerPreferences<</DisplayDocTitle true>>>>`);
  return file.end(catalog, file.add(`<</Title ${pdfText(title)}>>`));
}

async function word(item: SvgWord, file: PdfFile, images: Map<string, ObjectNumber>): Promise<string> {
  const { shape, fontSize, angle, x, y, color } = item;
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const place = [cos, sin, -sin, cos, x, y].map((value) => pdfNumber(value, 5)).join(' ');
  const parts = [`q ${place} cm`];
  for (const { emoji, form, x: centerX, y: centerY } of shape.emoji) {
    const href = emojiImage(emoji, form, fontSize);
    const number = images.get(href) ?? (await addImage(file, href));
    images.set(href, number);
    const [w, h] = [form.width * fontSize, form.height * fontSize];
    // Images stand on their feet where y grows upwards.
    const box = [w, 0, 0, -h, centerX * fontSize - w / 2, centerY * fontSize + h / 2].map((value) => pdfNumber(value));
    parts.push(`q ${box.join(' ')} cm /I${number} Do Q`);
  }
  if (shape.letters.commands.length > 0) {
    const steps = stepsOf(fontSize);
    const scale = pdfNumber(fontSize / steps, 7);
    const path = pathOf(shape.letters, (value) => String(Math.round(value * steps)));
    parts.push(`${scale} 0 0 ${scale} 0 0 cm ${colorOf(color)} rg ${path} f`);
  }
  return `${parts.join(' ')} Q`;
}

/** Path operators (ISO 32000-1, 8.5.2). PDF has no quadratic curves: each becomes the cubic one that is the same. */
function pathOf({ commands, points }: Outline, format: (value: number) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (const command of commands) {
    const own = Array.from(points.subarray(at, at + POINTS[command] * 2));
    if (command === 'Q') {
      const [x0, y0, x1, y1, x2, y2] = [points[at - 2]!, points[at - 1]!, ...own] as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const third = (end: number, control: number) => end + ((control - end) * 2) / 3;
      own.splice(0, 4, third(x0, x1), third(y0, y1), third(x2, x1), third(y2, y1), x2, y2);
    }
    at += POINTS[command] * 2;
    parts.push(...own.map(format), { M: 'm', L: 'l', Q: 'c', C: 'c', Z: 'h' }[command]);
  }
  return parts.join(' ');
}

const colorOf = (hex: string): string =>
  parseColor(hex)
    .map((value) => pdfNumber(value / 255, 4))
    .join(' ');

/** The colours of a PNG, and their opacity as a mask of its own. */
async function addImage(file: PdfFile, href: string): Promise<ObjectNumber> {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const image = await loadImage(Buffer.from(href.slice(href.indexOf(',') + 1), 'base64'));
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  // The memory of a read-back is given back only when the event loop turns.
  await turn();
  const { data } = context.getImageData(0, 0, width, height);
  const [colors, opacity] = [new Uint8Array(width * height * 3), new Uint8Array(width * height)];
  for (let i = 0; i < opacity.length; i++) {
    colors.set(data.subarray(i * 4, i * 4 + 3), i * 3);
    opacity[i] = data[i * 4 + 3]!;
  }
  const kind = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8`;
  const mask = file.addStream(`${kind}/ColorSpace/DeviceGray`, opacity);
  return file.addStream(`${kind}/ColorSpace/DeviceRGB/SMask ${mask} 0 R`, colors);
}
