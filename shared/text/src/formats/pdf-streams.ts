/** Measures what the streams of a PDF unpack to before PDF.js, which knows no limit, holds it in memory. */
import { createInflate, type Inflate, inflateSync } from 'node:zlib';
import {
  checkSignal,
  MAX_PDF_BROKEN_STREAMS,
  MAX_PDF_NESTING,
  MAX_PDF_STREAM_BYTES,
  MAX_PDF_STREAMS,
  MAX_PDF_UNPACKED_BYTES,
} from './limits.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';

/** How far before its data the dictionary of a stream is looked for. */
const DICTIONARY_BYTES = 1024;
/** Filters that unpack to more than they are given; two of them in a row multiply. */
const PACKING = /\/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)\b/g;

/**
 * Streams packed by Flate (all of current software) are unpacked in chunks and counted; two packing filters on one stream,
 * which no software writes, are refused. Streams within an encrypted file cannot be measured.
 *
 * @throws UnreadableFileError TOO_LARGE, DAMAGED or STOPPED
 */
export async function checkStreams(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // Streams that are not packed stand in the file as they are.
  checkNesting(buffer, 0);
  let total = 0;
  let measured = 0;
  let broken = 0;
  let at = 0;
  for (;;) {
    at = buffer.indexOf('stream', at);
    if (at < 0) return;
    const isEnd = buffer.toString('latin1', Math.max(0, at - 3), at) === 'end';
    const start = dataStart(buffer, at + 'stream'.length);
    at += 'stream'.length;
    if (isEnd || start === undefined) continue;
    checkSignal(signal);
    const dictionary = dictionaryBefore(buffer, at);
    if ((filterOf(dictionary).match(PACKING)?.length ?? 0) > 1) throw tooLarge();
    if (!isZlib(buffer, start)) continue;
    if (++measured > MAX_PDF_STREAMS) throw tooLarge();
    const data = buffer.subarray(start);
    const { packed, unpacked } = measureSmall(data) ?? (await measure(data, signal));
    if (packed === 0 && ++broken > MAX_PDF_BROKEN_STREAMS) {
      throw new UnreadableFileError('DAMAGED', 'The PDF is damaged; please save it anew.');
    }
    total += unpacked;
    if (unpacked > MAX_PDF_STREAM_BYTES || total > MAX_PDF_UNPACKED_BYTES) throw tooLarge();
    at = Math.max(at, start + packed);
  }
}

function dataStart(buffer: Buffer, at: number): number | undefined {
  if (buffer[at] === 0x0d) return buffer[at + 1] === 0x0a ? at + 2 : at + 1;
  return buffer[at] === 0x0a ? at + 1 : undefined;
}

function dictionaryBefore(buffer: Buffer, at: number): string {
  const before = buffer.toString('latin1', Math.max(0, at - DICTIONARY_BYTES), at);
  return before.slice(before.lastIndexOf(' obj') + 1);
}

/** An array without arrays in it, so that one that never ends costs no more than the way to the next. */
const filterOf = (dictionary: string) => /\/(?:Filter|F)\s*\[([^\][]*)\]/.exec(dictionary)?.[1] ?? '';

/** The two bytes that zlib data begin with (RFC 1950, section 2.2). */
const isZlib = (buffer: Buffer, at: number) =>
  at + 2 < buffer.length && (buffer[at]! & 0x0f) === 8 && buffer.readUInt16BE(at) % 31 === 0;

interface Measured {
  packed: number;
  unpacked: number;
}

/** Most streams are smaller: these are unpacked in one step, which takes a tenth of the time. */
const SMALL_STREAM = { packed: 64 * 1024, unpacked: 1024 * 1024 };

/** @returns undefined for what is not small, or not whole */
function measureSmall(data: Buffer): Measured | undefined {
  try {
    const { buffer, engine } = inflateSync(data.subarray(0, SMALL_STREAM.packed), {
      maxOutputLength: SMALL_STREAM.unpacked,
      info: true,
    }) as unknown as { buffer: Buffer; engine: Inflate };
    checkNesting(buffer, 0);
    return { packed: engine.bytesWritten, unpacked: buffer.length };
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    return undefined;
  }
}

/** @returns bytes read and written, as far as the data are whole and no limit is passed */
async function measure(data: Buffer, signal?: AbortSignal): Promise<Measured> {
  const inflate = createInflate({ chunkSize: 64 * 1024 });
  let unpacked = 0;
  let nesting = 0;
  inflate.end(data);
  try {
    for await (const chunk of inflate) {
      unpacked += (chunk as Buffer).length;
      nesting = checkNesting(chunk as Buffer, nesting);
      if (unpacked > MAX_PDF_STREAM_BYTES || signal?.aborted) break;
    }
    return { packed: inflate.bytesWritten, unpacked };
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    return { packed: 0, unpacked };
  } finally {
    inflate.destroy();
  }
}

/**
 * Counts the operators that save (q) and restore (Q) the graphics state.
 *
 * @returns states that are open after the bytes, when so many were before
 */
function checkNesting(bytes: Buffer, open: number): number {
  for (let i = 1; i + 1 < bytes.length; i++) {
    const byte = bytes[i]!;
    if ((byte !== 0x71 && byte !== 0x51) || bytes[i - 1]! > 0x20 || bytes[i + 1]! > 0x20) continue;
    open = byte === 0x71 ? open + 1 : Math.max(0, open - 1);
    if (open > MAX_PDF_NESTING) {
      throw new UnreadableFileError(
        'TOO_LARGE',
        `The PDF nests its graphics too deeply; at most ${MAX_PDF_NESTING} levels are allowed.`,
      );
    }
  }
  return open;
}

const tooLarge = () =>
  new UnreadableFileError(
    'TOO_LARGE',
    `The PDF unpacks to too much; at most ${MAX_PDF_STREAMS} streams, ${MAX_PDF_STREAM_BYTES} bytes a stream and ${MAX_PDF_UNPACKED_BYTES} bytes in all are allowed.`,
  );
