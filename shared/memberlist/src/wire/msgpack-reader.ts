import { isArray, isRaw, readLength, scanValues } from './msgpack-scan.ts';
import type { Struct } from './struct.ts';
import { WireError } from './wire-error.ts';

export const MAX_UINT16 = 0xffff;
export const MAX_UINT32 = 0xffff_ffff;

const NO_BYTES = Buffer.alloc(0);

/**
 * Reads the msgpack of upstream and its relatives: strings and bytes in any of their forms, integers of any width, structs as
 * maps or arrays, nil for the empty value.
 */
class MsgpackReader {
  #offset = 0;
  #bytes: Buffer = NO_BYTES;
  #isArray = false;
  /** Where in the struct the next field is expected. */
  #next = 0;

  /** Begins at a place in bytes, which must not change while they are read. */
  open(bytes: Buffer, offset: number): this {
    this.#bytes = bytes;
    this.#offset = offset;
    return this;
  }

  /** Enters a struct. @returns how many fields it has here: call `field` as often */
  struct(): number {
    const head = this.#byte();
    this.#next = 0;
    this.#isArray = isArray(head);
    if ((head & 0xe0) === 0x80) return this.#count(head & 0x0f);
    if (head === 0xde || head === 0xdc) return this.#count(this.#length(2));
    if (head === 0xdf || head === 0xdd) return this.#count(this.#length(4));
    if (head === 0xc0) return 0;
    throw unexpected('a struct', head);
  }

  /** @returns which field's value comes next, or undefined for one that the struct does not have */
  field<Name extends string>(struct: Struct<Name>): Name | undefined {
    if (this.#isArray) return struct.names[this.#next++];
    const start = this.#offset;
    const { keys, sorted } = struct;
    // The names are sorted on the wire, too, so the first try hits unless fields were left out.
    for (let tried = 0, i = this.#next; tried < keys.length; tried++, i++) {
      if (i >= keys.length) i = 0;
      const key = keys[i]!;
      if (this.#startsWith(key, start)) {
        this.#offset = start + key.length;
        this.#next = i + 1;
        return sorted[i];
      }
    }
    return this.#otherField(struct);
  }

  /** A name in one of the longer forms, or an unknown one. */
  #otherField<Name extends string>({ names }: Struct<Name>): Name | undefined {
    if (!isRaw(this.#bytes[this.#offset] ?? 0)) {
      this.skip();
      return undefined;
    }
    const name = this.string();
    return names.find((known) => known === name);
  }

  #startsWith(key: Uint8Array, start: number): boolean {
    const bytes = this.#bytes;
    if (start + key.length > bytes.length) return false;
    for (let i = 0; i < key.length; i++) if (bytes[start + i] !== key[i]) return false;
    return true;
  }

  /** Passes over a value of any kind. */
  skip(): void {
    const at = { offset: this.#offset, pending: 1 };
    if (!scanValues(this.#bytes, at)) throw truncated();
    this.#offset = at.offset;
  }

  /** @param max the largest value of the field's type, below 2^53 */
  uint(max: number): number {
    const value = this.int();
    if (value >= 0 && value <= max) return value;
    throw new WireError('BAD_MESSAGE', `the number ${value} is out of range (0 to ${max})`);
  }

  int(): number {
    const head = this.#byte();
    if (head < 0x80) return head;
    if (head >= 0xe0) return head - 0x100;
    switch (head) {
      case 0xcc:
        return this.#length(1);
      case 0xcd:
        return this.#length(2);
      case 0xce:
        return this.#length(4);
      case 0xcf:
        return this.#length(4) * 2 ** 32 + this.#length(4);
      case 0xd0:
        return (this.#length(1) << 24) >> 24;
      case 0xd1:
        return (this.#length(2) << 16) >> 16;
      case 0xd2:
        return this.#length(4) | 0;
      case 0xd3:
        return (this.#length(4) | 0) * 2 ** 32 + this.#length(4);
      case 0xc0:
        return 0;
      default:
        throw unexpected('an integer', head);
    }
  }

  bool(): boolean {
    const head = this.#byte();
    if (head === 0xc3 || head === 1) return true;
    if (head === 0xc2 || head === 0 || head === 0xc0) return false;
    throw unexpected('a boolean', head);
  }

  /** Bytes that are no UTF-8 become U+FFFD. */
  string(): string {
    const length = this.#rawLength();
    return length <= 0 ? '' : this.#bytes.toString('utf8', this.#offset - length, this.#offset);
  }

  /** A copy, to be kept. @returns null for nil */
  bytes(): Uint8Array | null {
    if (isArray(this.#bytes[this.#offset] ?? 0)) return this.#arrayOfBytes();
    const length = this.#rawLength();
    return length < 0 ? null : copyOf(this.#bytes, this.#offset - length, this.#offset);
  }

  /** Valid as long as the bytes that are read stay as they are. */
  view(): Buffer {
    const length = Math.max(0, this.#rawLength());
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  /** A view of the bytes that come next. @param what they are, for the error */
  rest(length: number, what: string): Buffer {
    const start = this.#offset;
    const there = this.#bytes.length - start;
    if (there < length) throw new WireError('TRUNCATED', `failed to read full ${what} (${there} / ${length})`);
    return this.#bytes.subarray(start, start + length);
  }

  /** Passes over a string or bytes. @returns the length, -1 for nil */
  #rawLength(): number {
    const head = this.#byte();
    let length: number;
    if (head >= 0xa0 && head < 0xc0) length = head & 0x1f;
    else if (head === 0xd9 || head === 0xc4) length = this.#length(1);
    else if (head === 0xda || head === 0xc5) length = this.#length(2);
    else if (head === 0xdb || head === 0xc6) length = this.#length(4);
    else if (head === 0xc0) return -1;
    else throw unexpected('a string', head);
    if (length > this.#bytes.length - this.#offset) throw truncated();
    this.#offset += length;
    return length;
  }

  /** Encoders that do not know bytes from other lists write them so. */
  #arrayOfBytes(): Uint8Array {
    const head = this.#byte();
    const length = head === 0xdc ? this.#length(2) : head === 0xdd ? this.#length(4) : head & 0x0f;
    return Uint8Array.from({ length: this.#count(length) }, () => this.uint(0xff));
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) throw truncated();
    this.#offset++;
    return byte;
  }

  #length(width: number): number {
    if (this.#offset + width > this.#bytes.length) throw truncated();
    const length = readLength(this.#bytes, this.#offset, width);
    this.#offset += width;
    return length;
  }

  /** Each element has a byte at least. */
  #count(count: number): number {
    if (count > this.#bytes.length - this.#offset) throw truncated();
    return count;
  }
}

/** Of its own memory, so that a small field does not keep a whole packet. */
function copyOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const copy = new Uint8Array(end - start);
  if (copy.length > 32) copy.set(bytes.subarray(start, end));
  else for (let i = 0; i < copy.length; i++) copy[i] = bytes[start + i]!;
  return copy;
}

const truncated = (): WireError => new WireError('TRUNCATED', 'the message has been truncated');

const unexpected = (wanted: string, head: number): WireError =>
  new WireError('BAD_MESSAGE', `${wanted} was expected, not a value that begins with ${head.toString(16)}`);

/** The one that all decoders use, one after the other: none of them is entered while another reads. */
export const reader = new MsgpackReader();
