/** Looks at a file before it is uploaded, so that the answer to a wrong one comes at once. The server decides in the end. */

/** Why a file is refused: `i18n` has a sentence for each. */
export type FileFault = 'empty' | 'tooLarge' | 'office' | 'image' | 'binary';
export type MaskFault = 'empty' | 'tooLarge' | 'notImage';

const HEAD_BYTES = 4096;

const ZIP = 'PK\x03\x04';
/** Where the name of the first file in a ZIP archive stands, and those of documents. */
const FIRST_NAME_AT = 30;
const FIRST_PARTS = /^(?:mimetype|\[Content_Types\]\.xml|_rels\/|docProps\/|word\/|META-INF\/)/;

const IMAGES = [/^\x89PNG\r\n/, /^\xff\xd8\xff/, /^GIF8[79]a/, /^RIFF.{4}WEBP/s, /^BM.{4}\0{4}/s];

const textOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const isImage = (head: Uint8Array): boolean => IMAGES.some((signature) => signature.test(textOf(head.subarray(0, 16))));

/**
 * @param maxBytes largest text
 * @returns undefined when it may be a text
 */
export async function checkTextFile(file: Blob, maxBytes: number): Promise<FileFault | undefined> {
  if (file.size === 0) return 'empty';
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  // What office suites write is a ZIP archive or, before 2007, a compound file.
  const start = textOf(head.subarray(0, 4));
  if (!isDocument(head)) {
    if (start === ZIP || start === '\xd0\xcf\x11\xe0') return 'office';
    if (isImage(head)) return 'image';
    if (head.includes(0) && utf16Of(head) === undefined) return 'binary';
  }
  return file.size > maxBytes ? 'tooLarge' : undefined;
}

/** Begins as a PDF, DOCX or EPUB does; whether it is one, the server finds out. */
function isDocument(head: Uint8Array): boolean {
  const start = textOf(head.subarray(0, 64));
  if (start.startsWith('%PDF-')) return true;
  return start.startsWith(ZIP) && FIRST_PARTS.test(start.slice(FIRST_NAME_AT));
}

/** @param maxBytes largest mask */
export async function checkMaskFile(file: Blob, maxBytes: number): Promise<MaskFault | undefined> {
  if (file.size === 0) return 'empty';
  if (!isImage(new Uint8Array(await file.slice(0, 16).arrayBuffer()))) return 'notImage';
  return file.size > maxBytes ? 'tooLarge' : undefined;
}

/** The byte order when it is UTF-16: by its mark, or because nearly all zeros stand on one side of each pair. */
export function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2]!++;
  const [high = 0, low = 0] = zeros;
  if (low > head.length * 0.2 && high * 20 < low) return 'utf-16le';
  return high > head.length * 0.2 && low * 20 < high ? 'utf-16be' : undefined;
}

/** Bytes that are read for the sketch. */
const PREVIEW_BYTES = 256 * 1024;

/** East Asian encodings, each with a character that a real text of it has. */
const GUESSES = [
  ['gb18030', '的'],
  ['shift_jis', 'の'],
  ['big5', '的'],
] as const;

/**
 * The start of a text as the browser understands it, for the sketch only.
 *
 * @param most bytes that are read, 256 KiB unless told
 * @returns undefined for documents, and when the encoding is not clear; the server knows more of them
 */
export async function previewText(file: Blob, most = PREVIEW_BYTES): Promise<string | undefined> {
  const bytes = new Uint8Array(await file.slice(0, most).arrayBuffer());
  if (isDocument(bytes)) return undefined;
  const isCut = file.size > most;
  const utf16 = utf16Of(bytes.subarray(0, HEAD_BYTES));
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  const unicode = decoded(bytes, 'utf-8', isCut);
  if (unicode !== undefined) return unicode;
  for (const [encoding, sign] of GUESSES) {
    const text = decoded(bytes, encoding, isCut);
    if (text?.includes(sign)) return text;
  }
  return undefined;
}

/** @param isCut the last character may not be whole */
function decoded(bytes: Uint8Array, encoding: string, isCut: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}
