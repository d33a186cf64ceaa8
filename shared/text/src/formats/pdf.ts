/** The text of a PDF. Scripts, forms, pictures and attachments are not looked at, and nothing is fetched. */
import { Worker } from 'node:worker_threads';
import { checkSignal, MAX_PDF_MS, MAX_PDF_UNENDED, STOPPED } from './limits.ts';
import { checkStreams } from './pdf-streams.ts';
import type { PdfOutcome } from './pdf-thread.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';

const DAMAGED = 'The PDF is damaged; please save it anew.';
const ENCRYPTED = 'The PDF is encrypted; only documents without a password and protection are allowed.';

/**
 * Reads in a thread of its own: PDF.js rejects promises that nobody holds, which would end the process, and it cannot be
 * interrupted within a page.
 *
 * @param signal ends the reading at any point
 * @param limitMs milliseconds that PDF.js may take
 * @throws UnreadableFileError
 */
export async function pdfToText(
  bytes: Uint8Array,
  signal?: AbortSignal,
  limitMs = MAX_PDF_MS,
): Promise<{ text: string; title: string | null }> {
  if (isEncrypted(bytes)) throw new UnreadableFileError('ENCRYPTED', ENCRYPTED);
  if (isUnbalanced(bytes)) throw new UnreadableFileError('DAMAGED', DAMAGED);
  await checkStreams(bytes, signal);
  checkSignal(signal);
  const limit = AbortSignal.timeout(limitMs);
  const outcome = await readInThread(bytes, signal ? AbortSignal.any([signal, limit]) : limit);
  if (outcome.ok) return { text: outcome.text, title: outcome.title };
  switch (outcome.code) {
    case 'ENCRYPTED':
      throw new UnreadableFileError('ENCRYPTED', ENCRYPTED);
    case 'DAMAGED':
      throw new UnreadableFileError('DAMAGED', DAMAGED, { cause: outcome.message });
    default:
      throw new UnreadableFileError(outcome.code, outcome.message);
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

/** PDF.js reads from each dictionary that does not end to the end of the file: minutes, where there are many. */
function isUnbalanced(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // Packed data have both by chance, as often.
  return countOf(buffer, '<<') - countOf(buffer, '>>') > MAX_PDF_UNENDED;
}

function countOf(buffer: Buffer, mark: string): number {
  let count = 0;
  for (let at = buffer.indexOf(mark); at >= 0; at = buffer.indexOf(mark, at + mark.length)) count++;
  return count;
}

async function readInThread(bytes: Uint8Array, signal: AbortSignal): Promise<PdfOutcome> {
  // A copy, since the caller's bytes stay the caller's, and no Buffer, which PDF.js refuses.
  const copy = new Uint8Array(bytes);
  const thread = new Worker(new URL('./pdf-thread.ts', import.meta.url), {
    workerData: copy,
    transferList: [copy.buffer],
  });
  const { promise, resolve } = Promise.withResolvers<PdfOutcome>();
  const failed = (message: string) => resolve({ ok: false, code: 'DAMAGED', message });
  const stop = () => resolve({ ok: false, code: 'STOPPED', message: STOPPED });
  thread.once('message', resolve);
  thread.once('error', (error) => failed(String(error)));
  thread.once('exit', () => failed('PDF.js ended without an answer'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await thread.terminate();
  }
}
