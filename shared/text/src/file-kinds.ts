/** Files that people upload by mistake, known by their first bytes, so that the answer can name what it is. */

const KINDS: [signature: string, offset: number, name: string][] = [
  ['\x89PNG\r\n\x1a\n', 0, 'a PNG image'],
  ['\xff\xd8\xff', 0, 'a JPEG image'],
  ['GIF87a', 0, 'a GIF image'],
  ['GIF89a', 0, 'a GIF image'],
  ['WEBP', 8, 'a WebP image'],
  ['II*\x00', 0, 'a TIFF image'],
  ['MM\x00*', 0, 'a TIFF image'],
  ['WAVE', 8, 'a WAV recording'],
  ['AVI ', 8, 'a video'],
  ['BM', 0, 'a BMP image'],
  ['%PDF-', 0, 'a PDF document'],
  ['PK\x03\x04', 0, 'a ZIP archive or an Office document'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 0, 'an old Office document'],
  ['\x1f\x8b', 0, 'a gzip archive'],
  ['BZh', 0, 'a bzip2 archive'],
  ['7z\xbc\xaf\x27\x1c', 0, 'a 7z archive'],
  ['Rar!\x1a\x07', 0, 'a RAR archive'],
  ['\xfd7zXZ\x00', 0, 'an xz archive'],
  ['\x7fELF', 0, 'a program'],
  ['MZ', 0, 'a Windows program'],
  ['\xca\xfe\xba\xbe', 0, 'a compiled program'],
  ['\x00asm', 0, 'a WebAssembly program'],
  ['ID3', 0, 'an MP3 recording'],
  ['\xff\xfb', 0, 'an MP3 recording'],
  ['\xff\xf3', 0, 'an MP3 recording'],
  ['ftyp', 4, 'a video'],
  ['OggS', 0, 'an Ogg recording'],
  ['fLaC', 0, 'a FLAC recording'],
  ['\x1aE\xdf\xa3', 0, 'a video'],
  ['SQLite format 3\x00', 0, 'an SQLite database'],
  ['wOFF', 0, 'a font'],
  ['wOF2', 0, 'a font'],
];

/** Signatures that a text might begin with, too: they count only where other signs of a binary file come along. */
const LOOKS_LIKE_TEXT = new Set(['BM', 'MZ', 'BZh', 'ID3', '\xff\xfb', '\xff\xf3', 'OggS', 'fLaC', 'wOFF', 'wOF2']);

/** @returns "a PNG image", or undefined; `sure` is false when a text could begin the same way */
export function fileKind(head: Uint8Array): { name: string; sure: boolean } | undefined {
  const start = Buffer.from(head.subarray(0, 32)).toString('latin1');
  const kind = KINDS.find(([signature, offset]) => start.startsWith(signature, offset));
  // WEBP, ftyp and the like stand in the middle, where a sentence might have them.
  const sure =
    kind !== undefined && !LOOKS_LIKE_TEXT.has(kind[0]) && (kind[1] === 0 || /[^\t-~]/.test(start.slice(0, 8)));
  return kind && { name: kind[2], sure };
}

/** The first files of the archives that documents are, as programs write them. */
const FIRST_PARTS = /^(?:mimetype|\[Content_Types\]\.xml|_rels\/|docProps\/|word\/|META-INF\/)/;
/** In a ZIP archive: where the length of the first file's name stands, and the name. */
const [NAME_LENGTH_AT, NAME_AT] = [26, 30];

/** @returns whether it begins as a PDF, DOCX or EPUB does; whether it is one, only the whole file says */
export function beginsAsDocument(head: Uint8Array): boolean {
  const start = Buffer.from(head.subarray(0, NAME_AT + 64));
  if (start.toString('latin1', 0, 5) === '%PDF-') return true;
  if (start.toString('latin1', 0, 4) !== 'PK\x03\x04' || start.length < NAME_AT) return false;
  const name = start.toString('latin1', NAME_AT, NAME_AT + start.readUInt16LE(NAME_LENGTH_AT));
  return FIRST_PARTS.test(name);
}
