/** Looks at an upload while it streams by: is it a text, or a document that may have one? Needs the same little memory for any length. */
import { addBytes, emptyStatistics, hasManyControls } from './byte-statistics.ts';
import { type Encoding, guessEncoding, wideEncoding } from './encodings.ts';
import { beginsAsDocument, fileKind } from './file-kinds.ts';

export type TextVerdict = { ok: true; encoding: Encoding | null } | { ok: false; reason: string };

export interface TextCheck {
  push(chunk: Uint8Array): void;
  /** What can be said so far; may be asked after every chunk. `encoding` is null while there is nothing to tell it by, and for documents. */
  verdict(): TextVerdict;
}

/** Enough to know the encoding by. */
const HEAD_BYTES = 16 * 1024;

/**
 * @example
 * const check = createTextCheck();
 * for await (const chunk of upload) check.push(chunk);
 * const verdict = check.verdict(); // { ok: false, reason: 'The file is a PNG image, not a text.' }
 */
export function createTextCheck(): TextCheck {
  const statistics = emptyStatistics();
  let head = new Uint8Array();
  /** Of a full head, which does not change any more. */
  let guessed: Encoding | undefined;
  const guess = (): Encoding => {
    const encoding = guessed ?? guessEncoding(wholeCharacters(head, statistics.total));
    if (head.length === HEAD_BYTES && statistics.total > HEAD_BYTES) guessed = encoding;
    return encoding;
  };

  return {
    push(chunk) {
      addBytes(statistics, chunk);
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
    },
    verdict() {
      if (beginsAsDocument(head)) return { ok: true, encoding: null };
      const kind = fileKind(head);
      const utf16 = wideEncoding(head, statistics);
      const hasNul = statistics.nulEven + statistics.nulOdd > 0;
      // The halves of UTF-16's units are no control characters, whatever their value.
      const isBinary = utf16 === undefined && (hasNul || hasManyControls(statistics));
      if (kind && (kind.sure || isBinary)) return { ok: false, reason: `The file is ${kind.name}, not a text.` };
      if (isBinary) return { ok: false, reason: 'The file is binary, not a text.' };
      if (head.length === 0) return { ok: true, encoding: null };
      return { ok: true, encoding: utf16 ?? guess() };
    },
  };
}

/** A head that was cut off may end within a character; up to its last line or sign of ASCII it is whole. */
function wholeCharacters(head: Uint8Array, total: number): Uint8Array {
  if (head.length === total) return head;
  let end = head.length;
  while (end > 0 && head[end - 1]! >= 0x40) end--;
  return end > 0 ? head.subarray(0, end) : head;
}
