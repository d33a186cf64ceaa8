/** The words of a caller's dictionary, found in a text before it is cut. */
import { LONGEST_WORD } from './tokens.ts';
import { toSimplified } from './traditional.ts';

interface Node {
  next: Map<number, Node>;
  /** As it was given, where one ends here. */
  term?: string;
}

/** The caller's words, made ready to be looked for: once for a text, however many pieces it is cut in. */
export type Dictionary = Node;

/** A piece of the text, or a word of the dictionary. */
export type Piece = { text: string; isTerm: boolean };

const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** What stands between these is found without spaces; Korean particles follow without one. */
const UNBOUND_LEFT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const UNBOUND_RIGHT = new RegExp(`${UNBOUND_LEFT.source}|\\p{Script=Hangul}`, 'u');

const SPACE = 0x20;
const isSpace = (code: number): boolean =>
  code === SPACE || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000;

/**
 * Cuts at the words of the dictionary; of several at one place the longest counts. They are whole words of the text, except
 * where scripts do without spaces.
 *
 * @param text composed (NFC) and cleaned
 */
export function* cutTerms(text: string, root: Dictionary): Generator<Piece> {
  if (root.next.size === 0) {
    yield { text, isTerm: false };
    return;
  }
  const key = keyOf(text);
  let done = 0;
  for (let at = 0; at < key.length; at++) {
    if (!root.next.has(key.charCodeAt(at))) continue;
    const found = longestAt(root, key, at);
    if (found === undefined) continue;
    if (at > done) yield { text: text.slice(done, at), isTerm: false };
    yield { text: found.term, isTerm: true };
    done = found.end;
    at = done - 1;
  }
  if (done < text.length) yield { text: text.slice(done), isTerm: false };
}

function longestAt(root: Node, key: string, start: number): { term: string; end: number } | undefined {
  if (isInside(key[start - 1], key[start], UNBOUND_LEFT)) return undefined;
  let best: { term: string; end: number } | undefined;
  let node: Node | undefined = root;
  for (let at = start; node !== undefined; ) {
    if (node.term !== undefined && !isInside(key[at], key[at - 1], UNBOUND_RIGHT)) best = { term: node.term, end: at };
    if (at >= key.length) break;
    const code = key.charCodeAt(at);
    if (!isSpace(code)) {
      node = node.next.get(code);
      at++;
      continue;
    }
    node = node.next.get(SPACE);
    // A line may end between two words.
    if (node !== undefined) while (isSpace(key.charCodeAt(at))) at++;
  }
  return best;
}

/** Does a word go on over the edge between these two characters? */
function isInside(outer: string | undefined, edge: string | undefined, unbound: RegExp): boolean {
  return outer !== undefined && LETTER.test(outer) && LETTER.test(edge!) && !unbound.test(edge!);
}

export function createDictionary(words: readonly string[]): Dictionary {
  const root: Node = { next: new Map() };
  for (const entry of words) {
    const term = entry.normalize('NFC').trim().replace(/\s+/g, ' ');
    if (term === '' || term.length > LONGEST_WORD) continue;
    let node = root;
    const key = keyOf(term);
    for (let at = 0; at < key.length; at++) {
      let next = node.next.get(key.charCodeAt(at));
      if (next === undefined) {
        next = { next: new Map() };
        node.next.set(key.charCodeAt(at), next);
      }
      node = next;
    }
    node.term ??= term;
  }
  return root;
}

/** What is compared, unit for unit: small letters, one apostrophe, simplified characters. */
function keyOf(text: string): string {
  const lower = text.toLowerCase();
  // A few letters become longer.
  const same = lower.length === text.length ? lower : text.replace(/[^İ]+/g, (part) => part.toLowerCase());
  return toSimplified(same).replaceAll('’', "'");
}
