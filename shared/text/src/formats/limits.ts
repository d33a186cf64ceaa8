/** What a file may cost. All are far above what people write, and below what harms the process that reads it. */
import { UnreadableFileError } from './unreadable-file-error.ts';

const MEBI = 1024 * 1024;

/** Characters (UTF-16 units) of the text in a document: about ten times War and Peace. */
export const MAX_CHARACTERS = 32 * MEBI;
/** Files in a ZIP archive. */
export const MAX_ZIP_ENTRIES = 10_000;
/** Bytes that the parts of an archive may unpack to, together. Pictures are not unpacked and do not count. */
export const MAX_UNPACKED_BYTES = 64 * MEBI;
/** Unpacked to packed bytes of one part; parts below a mebibyte may have any. Text packs to a tenth, XML tables to a hundredth. */
export const MAX_RATIO = 250;
/** Elements within elements; the limit of browsers' own parsers. */
export const MAX_DEPTH = 512;
/** Chapters of a book. */
export const MAX_CHAPTERS = 5_000;
export const MAX_PDF_PAGES = 5_000;
/** Packed streams of a PDF: a page has a few. */
export const MAX_PDF_STREAMS = 25_000;
/** Of those, streams that cannot be unpacked; each takes as long as a good one. */
export const MAX_PDF_BROKEN_STREAMS = 1000;
/** Graphics states within graphics states (PDF 2.0 recommends 28); the time of PDF.js is quadratic in it. */
export const MAX_PDF_NESTING = 1000;
/** Bytes that one stream of a PDF may unpack to. */
export const MAX_PDF_STREAM_BYTES = 128 * MEBI;
/** Bytes that the streams of a PDF may unpack to, together. */
export const MAX_PDF_UNPACKED_BYTES = 512 * MEBI;
/** Dictionaries of a PDF that do not end; of a whole one all do. */
export const MAX_PDF_UNENDED = 1000;
/** Milliseconds that PDF.js may take; a thousand full pages take a fifth of it. Some damage sends it round for minutes. */
export const MAX_PDF_MS = 10_000;
/** How much of a Markdown file is parsed in one piece: the parser's time is quadratic in it. */
export const MARKDOWN_PIECE_CHARACTERS = 2048;

/** @throws UnreadableFileError TOO_LARGE */
export function checkCharacters(characters: number): void {
  if (characters > MAX_CHARACTERS) {
    throw new UnreadableFileError(
      'TOO_LARGE',
      `The text of the document is too long; at most ${MAX_CHARACTERS} characters are allowed.`,
    );
  }
}

export const STOPPED = 'Reading the document took too long; a shorter one may work.';

/** @throws UnreadableFileError STOPPED */
export function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new UnreadableFileError('STOPPED', STOPPED);
}
