/** Which of the formats a file is in: by its content, then by its name, then by its type. */
import { fileKind } from '../file-kinds.ts';
import { DOCX_MAIN } from './docx.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';
import { openZip } from './zip.ts';

export const FORMATS = ['txt', 'md', 'csv', 'srt', 'vtt', 'html', 'docx', 'epub', 'pdf'] as const;
export type Format = (typeof FORMATS)[number];

/** What is known of a file besides its bytes. */
export interface FileHint {
  filename?: string | undefined;
  /** Media type, with parameters or without. */
  type?: string | undefined;
}

export const ALLOWED = 'Allowed are plain text, Markdown, CSV, SRT, VTT, HTML, DOCX, EPUB and PDF.';

const EXTENSIONS: Record<string, Format> = {
  md: 'md',
  markdown: 'md',
  mdown: 'md',
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  srt: 'srt',
  vtt: 'vtt',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  txt: 'txt',
  text: 'txt',
};
const TYPES: Record<string, Format> = {
  'text/markdown': 'md',
  'text/x-markdown': 'md',
  'text/csv': 'csv',
  'text/tab-separated-values': 'csv',
  'application/x-subrip': 'srt',
  'text/srt': 'srt',
  'text/vtt': 'vtt',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
};
/** Where a PDF may begin: readers skip what mail programs put before it. */
const PDF_WITHIN = 1024;
const HEAD_BYTES = 4096;
const OLD_OFFICE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const HTML = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:!doctype\s+html|html)[\s>]/i;
const SRT = /^\s*\d+[ \t]*\r?\n\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->/;
const VTT = /^WEBVTT(?:[ \t\r\n]|$)/;

/**
 * @param bytes the whole file: the kind of a ZIP archive stands at its end
 * @throws UnreadableFileError NOT_TEXT, UNSUPPORTED_FORMAT, ENCRYPTED, or DAMAGED for a ZIP archive that is cut off
 */
export function recognizeFormat(bytes: Uint8Array, { filename = '', type = '' }: FileHint): Format {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1');
  const pdfAt = latin.slice(0, PDF_WITHIN).indexOf('%PDF-');
  // A text may speak of them; it does not end like one.
  if (pdfAt === 0 || (pdfAt > 0 && Buffer.from(bytes.subarray(-PDF_WITHIN)).includes('%%EOF'))) return 'pdf';
  if (latin.startsWith('PK\x03\x04') || latin.startsWith('PK\x05\x06')) return zipFormat(bytes);
  if (latin.startsWith(OLD_OFFICE)) throw oldOffice(bytes);
  // Of UTF-16 and of a mark, only the letters are looked at.
  const head = latin.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').replaceAll('\0', '');
  if (HTML.test(head)) return 'html';
  if (VTT.test(head)) return 'vtt';
  if (SRT.test(head)) return 'srt';
  const kind = fileKind(bytes);
  if (kind?.sure) throw new UnreadableFileError('NOT_TEXT', `The file is ${kind.name}, not a text. ${ALLOWED}`);
  const extension = /\.([^./\\]{1,10})$/.exec(filename)?.[1]?.toLowerCase() ?? '';
  return EXTENSIONS[extension] ?? TYPES[type.split(';')[0]!.trim().toLowerCase()] ?? 'txt';
}

function zipFormat(bytes: Uint8Array): Format {
  const zip = openZip(bytes, HEAD_BYTES);
  const has = (name: string) => zip.names.includes(name);
  if (has('META-INF/container.xml')) return 'epub';
  if (zip.names.some((name) => DOCX_MAIN.test(name))) return 'docx';
  const what = has('xl/workbook.xml')
    ? 'an Excel workbook'
    : has('ppt/presentation.xml')
      ? 'a PowerPoint presentation'
      : has('content.xml')
        ? 'an OpenDocument file'
        : 'a ZIP archive';
  throw new UnreadableFileError('UNSUPPORTED_FORMAT', `The file is ${what}. ${ALLOWED}`);
}

/** Office puts its encrypted files into the container of the old ones. */
function oldOffice(bytes: Uint8Array): UnreadableFileError {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return new UnreadableFileError(
      'ENCRYPTED',
      'The document is encrypted; only documents without a password are allowed.',
    );
  }
  return new UnreadableFileError(
    'UNSUPPORTED_FORMAT',
    `The file is an old Office document; please save it as .docx. ${ALLOWED}`,
  );
}
