/** Reads parts of a ZIP archive within limits (APPNOTE.TXT 6.3.10, without ZIP64 and spanning). */
import { crc32, inflateRawSync } from 'node:zlib';
import { MAX_RATIO, MAX_UNPACKED_BYTES, MAX_ZIP_ENTRIES } from './limits.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';

interface Entry {
  method: number;
  encrypted: boolean;
  crc: number;
  packedSize: number;
  offset: number;
}

export interface Zip {
  names: string[];
  /**
   * @returns undefined when there is no such part
   * @throws UnreadableFileError ENCRYPTED, DAMAGED or TOO_LARGE
   */
  read(name: string): Uint8Array | undefined;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_SIZE = 22;
const MAX_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
/** Parts up to this size may be packed at any ratio. */
const SMALL = 1024 * 1024;

const damaged = (what: string, cause?: unknown) =>
  new UnreadableFileError('DAMAGED', `The document is damaged: ${what}. Please upload a complete copy.`, { cause });

/**
 * @param maxBytes that all parts read may unpack to together; sizes that the archive states are not believed
 * @throws UnreadableFileError DAMAGED or TOO_LARGE
 */
export function openZip(bytes: Uint8Array, maxBytes = MAX_UNPACKED_BYTES): Zip {
  const entries = readDirectory(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  let left = maxBytes;

  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      if (entry === undefined) return undefined;
      const content = unpack(bytes, entry, left);
      if (crc32(content) !== entry.crc) throw damaged('a part of it does not have its checksum');
      left -= content.length;
      return content;
    },
  };
}

function readDirectory(buffer: Buffer): Map<string, Entry> {
  const end = findEnd(buffer);
  const count = buffer.readUInt16LE(end + 10);
  if (count > MAX_ZIP_ENTRIES) {
    throw new UnreadableFileError(
      'TOO_LARGE',
      `The document has too many parts; at most ${MAX_ZIP_ENTRIES} are allowed.`,
    );
  }
  const entries = new Map<string, Entry>();
  let at = buffer.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || buffer.readUInt32LE(at) !== CENTRAL) throw damaged('its list of parts is broken');
    const nameEnd = at + 46 + buffer.readUInt16LE(at + 28);
    entries.set(buffer.toString('utf8', at + 46, nameEnd), {
      method: buffer.readUInt16LE(at + 10),
      encrypted: (buffer.readUInt16LE(at + 8) & 1) === 1,
      crc: buffer.readUInt32LE(at + 16),
      packedSize: buffer.readUInt32LE(at + 20),
      offset: buffer.readUInt32LE(at + 42),
    });
    at = nameEnd + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return entries;
}

/** The list of parts is found from the end of the file, before a comment of any length. */
function findEnd(buffer: Buffer): number {
  const first = Math.max(0, buffer.length - END_SIZE - MAX_COMMENT);
  for (let at = buffer.length - END_SIZE; at >= first; at--) {
    if (buffer.readUInt32LE(at) === END) return at;
  }
  throw damaged('its end is missing');
}

function unpack(bytes: Uint8Array, { method, encrypted, packedSize, offset }: Entry, left: number): Uint8Array {
  if (encrypted) {
    throw new UnreadableFileError(
      'ENCRYPTED',
      'The document is encrypted; only documents without a password are allowed.',
    );
  }
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (offset + 30 > bytes.length || header.readUInt32LE(offset) !== LOCAL) throw damaged('a part of it is missing');
  const start = offset + 30 + header.readUInt16LE(offset + 26) + header.readUInt16LE(offset + 28);
  if (start + packedSize > bytes.length) throw damaged('a part of it is cut off');
  const packed = bytes.subarray(start, start + packedSize);
  const limit = Math.min(left, Math.max(SMALL, packedSize * MAX_RATIO));
  if (method === STORED && packedSize <= limit) return packed;
  if (method !== DEFLATED && method !== STORED) throw damaged('a part of it is packed in an unknown way');
  try {
    if (method === DEFLATED && limit > 0) return inflateRawSync(packed, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE')
      throw damaged('a part of it is broken', error);
  }
  throw new UnreadableFileError(
    'TOO_LARGE',
    `The document unpacks to too much; at most ${MAX_UNPACKED_BYTES} bytes, and ${MAX_RATIO} times its packed size, are allowed.`,
  );
}
