/** The text of a Markdown file (GitHub's, as `marked` reads it), with HTML in it or not. */
import { htmlToText } from './html.ts';
import { MARKDOWN_PIECE_CHARACTERS } from './limits.ts';

/** The data before a text, as site generators have it. */
const FRONT_MATTER = /^---[ \t]*\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const DEFINITION = /^ {0,3}\[[^\]\n]{1,200}\]:.*$/gm;
/** Links by name, whose target stands elsewhere. */
const REFERENCE = /\[([^[\]\n]{1,500})\]\[[^[\]\n]{0,200}\]/g;

/** Each could begin a picture, and the parser looks for the end of one from each. */
const SHOUTING = /!{4,}/g;
const MARKERS = /[*_~`]+/g;
const MAX_MARKERS = 200;
const DEEP = /^(?:[ \t]*(?:>|[-*+][ \t]|\d+[.)][ \t])){20}/m;
/** Up to a space or a sign of punctuation, if one comes soon enough. */
const PART = new RegExp(
  `[^\\n]{1,${MARKDOWN_PIECE_CHARACTERS}}(?:(?<=[\\s\\p{P}])|$)|[^\\n]{1,${MARKDOWN_PIECE_CHARACTERS}}`,
  'gu',
);

/** @returns the text without markers and targets; the title of the front matter or the first heading */
export async function markdownToText(source: string): Promise<{ text: string; title: string | null }> {
  const { marked } = await import('marked');
  let body = source.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const front = FRONT_MATTER.exec(body);
  if (front) body = body.slice(front[0].length);
  const named = /^title:[ \t]*(.+)$/m.exec(front?.[1] ?? '')?.[1]?.replace(/^(["'])(.*)\1\s*$/, '$2');
  const heading = /^#[ \t]+(.{1,500}?)[ \t#]*$/m.exec(body)?.[1];

  const texts: string[] = [];
  for (const piece of pieces(body)) {
    const plain = piece.replace(DEFINITION, '').replace(REFERENCE, '$1').replace(SHOUTING, '!!!');
    texts.push(
      isPlainEnough(plain) ? (await htmlToText(await marked.parse(plain, { gfm: true }))).text : unmarked(plain),
    );
  }
  return { text: texts.filter((text) => text !== '').join('\n'), title: (named ?? heading)?.trim() || null };
}

/** More emphasis and deeper quotes than a page of writing has cost the parser seconds, or its stack. */
const isPlainEnough = (piece: string) => (piece.match(MARKERS)?.length ?? 0) <= MAX_MARKERS && !DEEP.test(piece);
const unmarked = (piece: string) => piece.replace(MARKERS, ' ').trim();

/** Cuts at blank lines outside of fenced code, and between words of what goes on too long. */
function pieces(body: string): string[] {
  const found: string[] = [];
  let piece = '';
  let fence = '';
  const flush = () => {
    if (piece.trim() !== '') found.push(piece);
    piece = '';
  };
  for (const line of body.split('\n')) {
    const marker = FENCE.exec(line)?.[1];
    if (fence !== '') {
      // Code is text as it stands; only its markers go.
      if (marker?.startsWith(fence) && line.trim() === marker) fence = '';
      else for (const part of parts(line)) piece += `    ${part}\n`;
      if (piece.length > MARKDOWN_PIECE_CHARACTERS || fence === '') flush();
    } else if (marker !== undefined) {
      flush();
      fence = marker;
    } else {
      const full = piece.length + line.length > MARKDOWN_PIECE_CHARACTERS;
      if (full || (line.trim() === '' && piece.length > MARKDOWN_PIECE_CHARACTERS / 2)) flush();
      for (const part of parts(line)) {
        piece += `${part}\n`;
        if (piece.length > MARKDOWN_PIECE_CHARACTERS) flush();
      }
    }
  }
  flush();
  return found;
}

const parts = (line: string): string[] => (line.length > MARKDOWN_PIECE_CHARACTERS ? line.match(PART)! : [line]);
