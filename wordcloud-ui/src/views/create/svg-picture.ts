/** The SVG of a cloud as elements: cleaned, and prepared for pointing, focus and screen readers. */
import DOMPurify from 'dompurify';

export interface Picture {
  svg: SVGSVGElement;
  /** The group of each word, the heaviest first. */
  words: SVGGElement[];
}

/** @returns undefined when there is no SVG in the text */
export function parsePicture(text: string): Picture | undefined {
  const fragment = DOMPurify.sanitize(text, {
    USE_PROFILES: { svg: true },
    FORBID_TAGS: ['style', 'a', 'use', 'foreignObject', 'animate', 'set'],
    FORBID_ATTR: ['style'],
    RETURN_DOM_FRAGMENT: true,
  });
  const svg = fragment.querySelector('svg');
  if (svg === null) return undefined;
  // Emoji are small images inside of the SVG; nothing else is loaded.
  for (const image of svg.querySelectorAll('image')) {
    if (!image.getAttribute('href')?.startsWith('data:image/png;base64,')) image.remove();
  }
  svg.removeAttribute('width');
  svg.removeAttribute('height');
  svg.setAttribute('role', 'group');
  svg.setAttribute('class', 'block size-full');
  // Our own tooltip says more.
  for (const title of svg.querySelectorAll('title')) title.remove();
  return { svg, words: [...svg.querySelectorAll<SVGGElement>('g[data-word]')] };
}

/** Makes a word easy to hit: its box, turned as it is, behind its letters. Only for elements that are in the page. */
export function addHitBox(word: SVGGElement): void {
  const ink = word.querySelector<SVGGraphicsElement>('path, image');
  if (ink === null) return;
  const { x, y, width, height } = ink.getBBox();
  const box = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const attributes = { x, y, width, height, transform: ink.getAttribute('transform') ?? '' };
  for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, String(value));
  box.setAttribute('stroke', word.getAttribute('fill') ?? 'currentColor');
  box.setAttribute('vector-effect', 'non-scaling-stroke');
  box.setAttribute('class', 'hit');
  word.prepend(box);
}
