/** The text of a PDF. Scripts, forms, pictures and attachments are not looked at, and nothing is fetched. */
import { unfoldRadicals } from './cjk-radicals.ts';
import { checkCharacters, checkSignal, MAX_PDF_PAGES } from './limits.ts';
import { joinLines } from './pdf-lines.ts';
import { checkStreams } from './pdf-streams.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';

type Pdf = Awaited<ReturnType<typeof import('unpdf').getDocumentProxy>>;
type TextChunk = { items: { str?: string; hasEOL?: boolean }[] };

const encrypted = () =>
  new UnreadableFileError(
    'ENCRYPTED',
    'The PDF is encrypted; only documents without a password and protection are allowed.',
  );

/**
 * @param signal is looked at between pages and pieces of a page
 * @throws UnreadableFileError
 */
export async function pdfToText(
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<{ text: string; title: string | null }> {
  if (isEncrypted(bytes)) throw encrypted();
  await checkStreams(bytes, signal);
  const { getDocumentProxy } = await import('unpdf');
  let pdf: Pdf | undefined;
  try {
    // A copy, since PDF.js takes the memory away, and no Buffer, which it refuses.
    pdf = await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,
      enableXfa: false,
      disableFontFace: true,
      useSystemFonts: false,
      useWorkerFetch: false,
      maxImageSize: 1,
      stopAtErrors: false,
    });
    return await readPages(pdf, signal);
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    if ((error as Error)?.name === 'PasswordException') throw encrypted();
    throw new UnreadableFileError('DAMAGED', 'The PDF is damaged; please save it anew.', { cause: error });
  } finally {
    await pdf?.loadingTask.destroy();
  }
}

/** Stated in the trailer, which is never packed. What is encrypted cannot be measured, even where it needs no password. */
function isEncrypted(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = buffer.indexOf('/Encrypt'); at >= 0; at = buffer.indexOf('/Encrypt', at + 1)) {
    if (/^\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(buffer.toString('latin1', at, at + 40))) return true;
  }
  return false;
}

async function readPages(pdf: Pdf, signal?: AbortSignal): Promise<{ text: string; title: string | null }> {
  if (pdf.numPages > MAX_PDF_PAGES) {
    throw new UnreadableFileError(
      'TOO_LARGE',
      `The PDF has ${pdf.numPages} pages; at most ${MAX_PDF_PAGES} are allowed.`,
    );
  }
  const pages: string[][] = [];
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    checkSignal(signal);
    const page = await pdf.getPage(number);
    let text = '';
    // Read piece by piece: one page may hold any amount of text.
    for await (const { items } of chunks(page.streamTextContent())) {
      checkSignal(signal);
      for (const { str, hasEOL } of items) text += (str ?? '') + (hasEOL ? '\n' : '');
      checkCharacters(characters + text.length);
    }
    characters += text.length;
    pages.push(unfoldRadicals(text).split('\n'));
    page.cleanup();
  }
  const text = joinLines(pages);
  const { info } = await pdf.getMetadata();
  const title = (info as { Title?: unknown }).Title;
  return { text, title: typeof title === 'string' && title.trim() !== '' ? title.trim().slice(0, 500) : null };
}

async function* chunks(stream: ReadableStream): AsyncGenerator<TextChunk> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value as TextChunk;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
