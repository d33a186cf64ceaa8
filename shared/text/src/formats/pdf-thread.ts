/** Runs in a thread of its own for each document: reads the pages of a PDF with PDF.js. */
import { parentPort, workerData } from 'node:worker_threads';
import { getDocumentProxy } from 'unpdf';
import { unfoldRadicals } from './cjk-radicals.ts';
import { checkCharacters, MAX_PDF_PAGES } from './limits.ts';
import { joinLines } from './pdf-lines.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';

export type PdfOutcome =
  | { ok: true; text: string; title: string | null }
  | { ok: false; code: UnreadableFileError['code']; message: string };

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
type TextChunk = { items: { str?: string; hasEOL?: boolean }[] };

// PDF.js fetches the pages of a damaged document ahead and forgets the promises when the first fails. It then tries to repair
// the document, and may succeed.
process.on('unhandledRejection', () => undefined);

parentPort!.postMessage(await outcome(workerData as Uint8Array));

async function outcome(bytes: Uint8Array): Promise<PdfOutcome> {
  try {
    const pdf = await getDocumentProxy(bytes, {
      verbosity: 0,
      enableXfa: false,
      disableFontFace: true,
      useSystemFonts: false,
      useWorkerFetch: false,
      maxImageSize: 1,
      stopAtErrors: false,
    });
    return { ok: true, ...(await readPages(pdf)) };
  } catch (error) {
    if (error instanceof UnreadableFileError) return { ok: false, code: error.code, message: error.message };
    const code = (error as Error)?.name === 'PasswordException' ? 'ENCRYPTED' : 'DAMAGED';
    return { ok: false, code, message: String(error) };
  }
}

async function readPages(pdf: Pdf): Promise<{ text: string; title: string | null }> {
  if (pdf.numPages > MAX_PDF_PAGES) {
    throw new UnreadableFileError(
      'TOO_LARGE',
      `The PDF has ${pdf.numPages} pages; at most ${MAX_PDF_PAGES} are allowed.`,
    );
  }
  const pages: string[][] = [];
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    let text = '';
    // Read piece by piece: one page may hold any amount of text.
    for await (const { items } of chunks(page.streamTextContent())) {
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
