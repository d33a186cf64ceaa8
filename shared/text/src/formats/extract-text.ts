/** The text of a file, whatever of the formats it is in. */
import { decodeText } from '../encodings.ts';
import { NotTextError } from '../errors.ts';
import { checkCharacters, checkSignal } from './limits.ts';
import { ALLOWED, type FileHint, type Format, recognizeFormat } from './recognize-format.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';

export interface ExtractedText {
  /** In reading order, without markup. */
  text: string;
  format: Format;
  /** Null for formats that state it in themselves. */
  encoding: string | null;
  title: string | null;
}

/**
 * Reads the text of a `.txt`, `.md`, `.csv`, `.srt`, `.vtt`, `.html`, `.docx`, `.epub` or `.pdf` file. Runs and fetches nothing
 * that is in the file. The readers of formats load on first use.
 *
 * @param bytes the whole file; not changed
 * @param hint counts only where the content does not tell the format
 * @param options.signal stops between two parts of a file (pages, chapters), not within one: whoever reads files of strangers
 *   does so in a worker thread or process that can be ended
 * @throws UnreadableFileError and nothing else; limits are those of limits.ts
 */
export async function extractText(
  bytes: Uint8Array,
  hint: FileHint = {},
  { signal }: { signal?: AbortSignal } = {},
): Promise<ExtractedText> {
  try {
    checkSignal(signal);
    return await extract(bytes, recognizeFormat(bytes, hint), signal);
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    if (error instanceof NotTextError) throw new UnreadableFileError('NOT_TEXT', `${error.message} ${ALLOWED}`);
    // Readers of formats are not proof against everything: too deep for the stack, beyond the longest string.
    throw new UnreadableFileError('DAMAGED', 'The document is damaged and cannot be read; please save it anew.', {
      cause: error,
    });
  }
}

/** Pages that are only pictures are the usual reason that a document has no text. */
async function withText(
  found: Promise<{ text: string; title: string | null }>,
): Promise<{ text: string; title: string | null }> {
  const { text, title } = await found;
  if (/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) return { text, title };
  throw new UnreadableFileError(
    'NO_TEXT',
    'The document has no text, perhaps only pictures of it; only documents with text are allowed.',
  );
}

async function extract(bytes: Uint8Array, format: Format, signal?: AbortSignal): Promise<ExtractedText> {
  switch (format) {
    case 'pdf':
      return { ...(await withText((await import('./pdf.ts')).pdfToText(bytes, signal))), format, encoding: null };
    case 'docx':
      return { ...(await withText((await import('./docx.ts')).docxToText(bytes, signal))), format, encoding: null };
    case 'epub':
      return { ...(await withText((await import('./epub.ts')).epubToText(bytes, signal))), format, encoding: null };
    case 'html': {
      const { decodeHtml, htmlToText } = await import('./html.ts');
      const { text, encoding } = decodeHtml(bytes);
      return { ...(await htmlToText(text)), format, encoding };
    }
    default:
      return plain(bytes, format);
  }
}

async function plain(bytes: Uint8Array, format: 'txt' | 'md' | 'csv' | 'srt' | 'vtt'): Promise<ExtractedText> {
  const { text, encoding } = decodeText(bytes);
  checkCharacters(text.length);
  const found = { format, encoding, title: null };
  switch (format) {
    case 'md':
      return { ...found, ...(await (await import('./markdown.ts')).markdownToText(text)) };
    case 'csv':
      return { ...found, text: (await import('./csv.ts')).csvToText(text) };
    case 'srt':
    case 'vtt':
      return { ...found, text: (await import('./subtitles.ts')).subtitlesToText(text) };
    case 'txt':
      return { ...found, text };
  }
}
