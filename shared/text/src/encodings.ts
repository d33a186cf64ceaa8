/** The encodings that texts come in, and which one some bytes are in. */
import chardet from 'chardet';
import { addBytes, type ByteStatistics, emptyStatistics, hasManyControls, utf16Order } from './byte-statistics.ts';
import { LEGACY, legacyScore, wideScore } from './encoding-scores.ts';
import { NotTextError } from './errors.ts';

export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'windows-1252',
  'windows-1251',
  'koi8-r',
  'windows-1253',
  'windows-1255',
  'windows-1256',
  'iso-8859-2',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** How much of a long text is looked at. */
const SAMPLE_BYTES = 64 * 1024;
const WIDE_SAMPLE_BYTES = 8 * 1024;
/** Below this score none of the encodings of other scripts is believed. */
const BELIEVABLE = 0.55;

/** The encoding that a byte order mark names. */
export function bomEncoding(bytes: Uint8Array): Encoding | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

/**
 * UTF-16, by its mark or by where its NUL bytes are; then the characters must be some, for other files have NUL bytes, too.
 *
 * @param head of the text that the statistics are about
 */
export function wideEncoding(head: Uint8Array, statistics: ByteStatistics): Encoding | undefined {
  const bom = bomEncoding(head);
  if (bom?.startsWith('utf-16')) return bom;
  const order = orderByLetters(head, statistics) ?? utf16Order(statistics);
  if (order === undefined) return undefined;
  const text = decode(head.subarray(0, SAMPLE_BYTES & ~1), order);
  const odd = text.match(NO_CHARACTER)?.length ?? 0;
  return odd * 50 > text.length ? undefined : order;
}

/** The byte order that gives letters, where the other gives none. Chinese and Korean need not have a single NUL byte. */
function orderByLetters(head: Uint8Array, statistics: ByteStatistics): 'utf-16le' | 'utf-16be' | undefined {
  const mayBeWide = hasManyControls(statistics) || statistics.nulEven + statistics.nulOdd > 0 || !isUtf8(head);
  if (!mayBeWide || (statistics.total & 1) === 1) return undefined;
  const sample = head.subarray(0, WIDE_SAMPLE_BYTES & ~1);
  const [little, big] = [wideScore(decode(sample, 'utf-16le')), wideScore(decode(sample, 'utf-16be'))];
  if (Math.max(little, big) < 0.5 || Math.abs(little - big) < 0.2) return undefined;
  return little > big ? 'utf-16le' : 'utf-16be';
}

/** Valid so far: the end may be cut off within a character. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Unassigned, private, half a pair, or a control character that no text has. */
const NO_CHARACTER = /[\p{Cn}\p{Co}\p{Cs}]|(?![\t\n\v\f\r])\p{Cc}/gu;

/**
 * Decodes a text in any of the encodings.
 *
 * @throws NotTextError when the bytes are no text
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const statistics = emptyStatistics();
  addBytes(statistics, bytes);
  const wide = wideEncoding(bytes, statistics);
  if (wide !== undefined) return { text: decode(bytes, wide), encoding: wide };
  if (statistics.nulEven + statistics.nulOdd > 0 || hasManyControls(statistics)) {
    throw new NotTextError('The file is binary, not a text.');
  }
  const utf8 = tryDecode(bytes, 'utf-8');
  if (utf8 !== undefined) return { text: utf8, encoding: 'utf-8' };
  const encoding = guessEncoding(bytes);
  return { text: decode(bytes, encoding), encoding };
}

/** The encoding of bytes that hold no NUL: strict UTF-8 first, since nothing else passes for it by chance. */
export function guessEncoding(bytes: Uint8Array): Encoding {
  if (tryDecode(bytes, 'utf-8') !== undefined) return 'utf-8';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  // A damaged text is still in its encoding: a few broken places are not worth taking Chinese for Latin.
  if (brokenShare(sample, 'utf-8') < 0.02) return 'utf-8';
  const [best] = LEGACY.map((encoding) => ({ encoding, score: legacyScore(sample, encoding) })).sort(
    (a, b) => b.score - a.score,
  );
  if (best && best.score >= BELIEVABLE) return best.encoding;
  // Statistics of letters need some letters; a few accents are Latin-1, by far the most likely.
  const guess = sample.filter((byte) => byte > 0x7f).length < 20 ? undefined : chardet.detect(sample)?.toLowerCase();
  return guess === 'iso-8859-2' ? guess : 'windows-1252';
}

/** Share of characters that cannot be decoded, among those that are not ASCII. */
function brokenShare(bytes: Uint8Array, encoding: Encoding): number {
  const text = decode(bytes, encoding);
  let broken = 0;
  let beyondAscii = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) beyondAscii++;
    if (unit === 0xfffd) broken++;
  }
  return beyondAscii === 0 ? 0 : broken / beyondAscii;
}

const decode = (bytes: Uint8Array, encoding: Encoding): string => new TextDecoder(encoding).decode(bytes);

function tryDecode(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
