import { encodeKey } from './struct.ts';

/** The scratch buffer begins with this, and larger ones are not kept. */
const USUAL_BYTES = 64 * 1024;
/** The most that anything but strings and bytes takes, and their headers. */
const MAX_SMALL_BYTES = 64;

/**
 * Writes msgpack as go-msgpack v2 does for upstream: strings and bytes alike in the old raw form, integers as short as they go.
 * All messages are written into one buffer, and `finish` copies them out of it.
 */
class MsgpackWriter {
  #bytes = Buffer.allocUnsafeSlow(USUAL_BYTES);
  #length = 0;

  /** Begins a message with its type, or a struct within one. */
  begin(type?: number): this {
    this.#length = 0;
    if (type !== undefined) this.#bytes[this.#length++] = type;
    return this;
  }

  /** A map of fewer than 16 fields follows; they must be written sorted by name. */
  map(fields: number): void {
    this.#reserve(0);
    this.#bytes[this.#length++] = 0x80 | fields;
  }

  uintField(key: Uint8Array, value: number): void {
    this.#key(key);
    const bytes = this.#bytes;
    if (value < 0x80) {
      bytes[this.#length++] = value;
    } else if (value < 0x100) {
      bytes[this.#length++] = 0xcc;
      bytes[this.#length++] = value;
    } else {
      this.#wide(value, value < 0x10000 ? 0xcd : 0xce);
    }
  }

  /** Upstream's `int`: what is above 127 is written signed. @param value 0 to 2^31 - 1 */
  intField(key: Uint8Array, value: number): void {
    this.#key(key);
    if (value < 0x80) this.#bytes[this.#length++] = value;
    else this.#wide(value, value < 0x8000 ? 0xd1 : 0xd2);
  }

  #wide(value: number, head: number): void {
    const bytes = this.#bytes;
    bytes[this.#length++] = head;
    if (head === 0xce || head === 0xd2) {
      bytes[this.#length++] = value >>> 24;
      bytes[this.#length++] = value >>> 16;
    }
    bytes[this.#length++] = value >>> 8;
    bytes[this.#length++] = value;
  }

  boolField(key: Uint8Array, value: boolean): void {
    this.#key(key);
    this.#bytes[this.#length++] = value ? 0xc3 : 0xc2;
  }

  stringField(key: Uint8Array, value: string): void {
    this.#key(key);
    if (value.length < 32) {
      const start = this.#length;
      const bytes = this.#bytes;
      let i = 0;
      for (; i < value.length; i++) {
        const unit = value.charCodeAt(i);
        if (unit >= 0x80) break;
        bytes[start + 1 + i] = unit;
      }
      if (i === value.length) {
        bytes[start] = 0xa0 | i;
        this.#length = start + 1 + i;
        return;
      }
    }
    const size = Buffer.byteLength(value);
    this.#rawHeader(size);
    this.#bytes.write(value, this.#length, size, 'utf8');
    this.#length += size;
  }

  /** @param value null writes nil, which upstream tells from empty bytes */
  bytesField(key: Uint8Array, value: Uint8Array | null): void {
    this.#key(key);
    if (value === null) {
      this.#bytes[this.#length++] = 0xc0;
      return;
    }
    this.#rawHeader(value.length);
    this.raw(value);
  }

  #rawHeader(size: number): void {
    this.#reserve(size);
    if (size < 32) this.#bytes[this.#length++] = 0xa0 | size;
    else if (size < 0x10000) this.#wide(size, 0xda);
    else {
      this.#bytes[this.#length++] = 0xdb;
      this.#length = this.#bytes.writeUInt32BE(size, this.#length);
    }
  }

  /** Bytes as they are, without a header. */
  raw(value: Uint8Array): void {
    this.#reserve(value.length);
    if (value.length > 32) this.#bytes.set(value, this.#length);
    else for (let i = 0; i < value.length; i++) this.#bytes[this.#length + i] = value[i]!;
    this.#length += value.length;
  }

  #key(key: Uint8Array): void {
    this.#reserve(0);
    const start = this.#length;
    const bytes = this.#bytes;
    for (let i = 0; i < key.length; i++) bytes[start + i] = key[i]!;
    this.#length = start + key.length;
  }

  #reserve(size: number): void {
    const needed = this.#length + size + MAX_SMALL_BYTES;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(needed * 2);
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  /** @returns a copy of what was written since `begin` */
  finish(): Buffer {
    const message = Buffer.allocUnsafe(this.#length);
    message.set(this.#bytes.subarray(0, this.#length));
    if (this.#bytes.length > 16 * USUAL_BYTES) this.#bytes = Buffer.allocUnsafeSlow(USUAL_BYTES);
    return message;
  }
}

/** The one that all encoders use, one after the other: none of them is entered while another writes. */
export const writer = new MsgpackWriter();

/** Field names as they are written, made once. */
export const KEYS = keysOf(
  'Addr',
  'Algo',
  'Buf',
  'Error',
  'From',
  'Incarnation',
  'Join',
  'Meta',
  'Nack',
  'Name',
  'Node',
  'Nodes',
  'Payload',
  'Port',
  'SeqNo',
  'SourceAddr',
  'SourceNode',
  'SourcePort',
  'State',
  'Target',
  'UserMsgLen',
  'UserStateLen',
  'Vsn',
);

function keysOf<const Name extends string>(...names: Name[]): Record<Name, Uint8Array> {
  return Object.fromEntries(names.map((name) => [name, encodeKey(name)])) as Record<Name, Uint8Array>;
}
