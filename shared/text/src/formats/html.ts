/** The text that a reader of an HTML page sees, in its order. Nothing is run or fetched. */
import { decodeText } from '../encodings.ts';
import { checkCharacters, MAX_DEPTH } from './limits.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';

/** What is not read aloud with a page: programs, controls, menus, drawings, the readings of ruby. */
const LEFT_OUT = new Set(
  `script style noscript template nav menu svg math iframe object embed audio video canvas map select datalist
   button textarea input rt rp title dialog`.split(/\s+/),
);
const LEFT_OUT_ROLES = new Set([
  'navigation',
  'menu',
  'menubar',
  'tablist',
  'toolbar',
  'search',
  'doc-toc',
  'doc-noteref',
  'doc-backlink',
]);
const HIDDEN_STYLE = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
/** The marks of footnotes: a number or an arrow that is a link. */
const NOTE_LINK = /^#(?:foot|end)note-(?:ref-)?\d+$/;
const BLOCKS = new Set(
  `address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
   h1 h2 h3 h4 h5 h6 header hgroup hr legend li main ol optgroup option p pre section summary table tbody tfoot thead tr ul`.split(
    /\s+/,
  ),
);
/** Between two words, the widest wins. */
const GAPS = ['', ' ', '\t', '\n'];
const CELLS = new Set(['td', 'th']);
/** A line break in the source between ideographs or kana is no space (CSS Text Level 3, section 4.1.3). */
const BREAK_IN_CJK =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef])/gu;

/**
 * @returns blocks on lines of their own, cells parted by tabs; the title is that of the head
 * @throws UnreadableFileError TOO_LARGE for elements nested too deeply
 */
export async function htmlToText(html: string): Promise<{ text: string; title: string | null }> {
  const { Parser } = await import('htmlparser2');
  const parts: string[] = [];
  let characters = 0;
  /** Put before the next characters, if any come. */
  let gap = '';
  let title = '';
  let depth = 0;
  /** The depth of the outermost element that is left out; Infinity outside of one. */
  let leftOutFrom = Number.POSITIVE_INFINITY;
  let inTitle = false;
  let preformatted = 0;

  const widen = (wanted: string) => {
    if (GAPS.indexOf(wanted) > GAPS.indexOf(gap)) gap = wanted;
  };
  const add = (words: string) => {
    if (words === '') return;
    const part = parts.length === 0 ? words : gap + words;
    parts.push(part);
    gap = '';
    characters += part.length;
    checkCharacters(characters);
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      depth++;
      if (depth > MAX_DEPTH) {
        throw new UnreadableFileError(
          'TOO_LARGE',
          `The page nests its elements too deeply; at most ${MAX_DEPTH} levels are allowed.`,
        );
      }
      if (leftOutFrom < depth) return;
      if (name === 'title') inTitle = title === '';
      if (isLeftOut(name, attributes)) leftOutFrom = depth;
      else if (name === 'br' || BLOCKS.has(name)) widen('\n');
      else if (CELLS.has(name)) widen('\t');
      if (name === 'pre') preformatted++;
    },
    ontext(data) {
      if (inTitle) title += data;
      if (leftOutFrom <= depth) return;
      if (preformatted > 0) return add(data.replaceAll('\r', ''));
      const words = data.replace(BREAK_IN_CJK, '').replace(/[ \t\r\n\f\u00a0]+/g, ' ');
      if (words.startsWith(' ')) widen(' ');
      add(words.trim());
      if (words.length > 1 && words.endsWith(' ')) widen(' ');
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false;
      if (leftOutFrom > depth) {
        if (BLOCKS.has(name)) widen('\n');
        if (name === 'pre') preformatted = Math.max(0, preformatted - 1);
      }
      if (leftOutFrom === depth) leftOutFrom = Number.POSITIVE_INFINITY;
      depth--;
    },
  });
  parser.end(html);
  return { text: parts.join(''), title: title.replace(/\s+/g, ' ').trim().slice(0, 500) || null };
}

function isLeftOut(name: string, attributes: Record<string, string>): boolean {
  return (
    LEFT_OUT.has(name) ||
    'hidden' in attributes ||
    attributes['aria-hidden'] === 'true' ||
    LEFT_OUT_ROLES.has(attributes.role ?? '') ||
    attributes['epub:type'] === 'noteref' ||
    HIDDEN_STYLE.test(attributes.style?.slice(0, 1000) ?? '') ||
    (name === 'a' && NOTE_LINK.test(attributes.href ?? ''))
  );
}

/** Where a page names its encoding: within its first bytes, by the standard's first 1024, by custom a little later. */
const HEAD_BYTES = 4096;
const ESCAPE = 0x1b;
const NAMED = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]+)/i;

/**
 * Decodes a page: by its mark, as UTF-8 if it is valid, by the encoding that it names, or by its characters.
 *
 * @throws NotTextError when the bytes are no text
 */
export function decodeHtml(bytes: Uint8Array): { text: string; encoding: string } {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1');
  const match = NAMED.exec(head);
  const label = match?.[1] ?? match?.[2];
  // Bytes that are NUL are UTF-16 or no text; UTF-8 is not valid by chance, but for encodings of seven bits, which use escapes.
  if (label === undefined || bytes.includes(0) || (isUtf8(bytes) && !bytes.includes(ESCAPE))) return decodeText(bytes);
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    return { text: decoder.decode(bytes), encoding: decoder.encoding === 'gbk' ? 'gb18030' : decoder.encoding };
  } catch {
    return decodeText(bytes);
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
