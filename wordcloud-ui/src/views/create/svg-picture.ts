/** The SVG of a cloud as elements: cleaned, and prepared for pointing, focus and screen readers. */
import DOMPurify from 'dompurify';

const SVG = 'http://www.w3.org/2000/svg';

export interface Picture {
  svg: SVGSVGElement;
  /** The group of each word, the heaviest first. */
  words: SVGGElement[];
}

/** All that our SVG is made of. Whatever else stands in it, such as a title (our own tooltip says more), is left out. */
const OURS = {
  ALLOWED_TAGS: ['svg', 'g', 'path', 'rect', 'image'],
  ALLOWED_ATTR: [
    ...['viewBox', 'width', 'height', 'x', 'y', 'd', 'transform', 'fill', 'preserveAspectRatio', 'href'],
    // The line around a shape.
    ...['stroke', 'stroke-width', 'stroke-linejoin'],
    ...['data-word', 'data-weight'],
  ],
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  KEEP_CONTENT: false,
};
const PAINT = /^(#[0-9a-f]{6}|none)$/i;

/** @returns undefined when there is no SVG in the text */
export function parsePicture(text: string): Picture | undefined {
  const fragment = DOMPurify.sanitize(text, { ...OURS, RETURN_DOM_FRAGMENT: true });
  const svg = fragment.querySelector('svg');
  if (svg === null) return undefined;
  // Emoji are small images inside of the SVG; nothing else is loaded.
  for (const image of svg.querySelectorAll('image')) {
    if (!image.getAttribute('href')?.startsWith('data:image/png;base64,')) image.remove();
  }
  // A paint may be an address, too.
  for (const name of ['fill', 'stroke']) {
    for (const painted of svg.querySelectorAll(`[${name}]`)) {
      if (!PAINT.test(painted.getAttribute(name) ?? '')) painted.removeAttribute(name);
    }
  }
  svg.removeAttribute('width');
  svg.removeAttribute('height');
  svg.setAttribute('role', 'group');
  svg.setAttribute('class', 'block size-full');
  return { svg, words: [...svg.querySelectorAll<SVGGElement>('g[data-word]')] };
}

/** Makes a word easy to hit: its box, turned as it is, behind its letters. Only for elements that are in the page. */
export function addHitBox(word: SVGGElement): void {
  const ink = word.querySelector<SVGGraphicsElement>('path, image');
  if (ink === null) return;
  const { x, y, width, height } = ink.getBBox();
  const box = document.createElementNS(SVG, 'rect');
  const attributes = { x, y, width, height, transform: ink.getAttribute('transform') ?? '' };
  for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, String(value));
  box.setAttribute('stroke', word.getAttribute('fill') ?? 'currentColor');
  box.setAttribute('vector-effect', 'non-scaling-stroke');
  box.setAttribute('class', 'hit');
  word.prepend(box);
}
