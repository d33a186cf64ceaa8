import { MAX_STREAM_BYTES, MAX_STREAM_HEADER_BYTES } from './limits.ts';
import { MessageType } from './message-types.ts';
import { type ScanPosition, scanValues } from './msgpack-scan.ts';
import { decodePushPullHeader } from './push-pull.ts';
import { decodeUserHeader } from './stream-messages.ts';
import { WireError } from './wire-error.ts';

/**
 * Finds where a plain message ends that comes in pieces, for nothing on the wire tells. Each byte is looked at once, and a
 * message that is larger than allowed is refused as soon as it says so.
 */
export class StreamFrame {
  /** The header, then the node records of a push/pull. */
  readonly #at: ScanPosition = { offset: 1, pending: 1 };
  #isHeaderRead = false;
  /** What follows the values: the application's bytes. */
  #rest = 0;

  /**
   * @param bytes all that has come, from the type byte on
   * @returns where the message ends, or undefined when more is needed
   * @throws WireError
   */
  find(bytes: Buffer): number | undefined {
    if (!this.#isHeaderRead) {
      if (!this.#scan(bytes, bytes[0] === MessageType.compress ? MAX_STREAM_BYTES : MAX_STREAM_HEADER_BYTES)) {
        return undefined;
      }
      this.#isHeaderRead = true;
      this.#readHeader(bytes);
    }
    if (!this.#scan(bytes, MAX_STREAM_BYTES)) return undefined;
    const end = this.#at.offset + this.#rest;
    return end <= bytes.length ? end : undefined;
  }

  #scan(bytes: Buffer, limit: number): boolean {
    const isDone = scanValues(bytes, this.#at);
    // Each value that is still to come has a byte at least.
    if (this.#at.offset + this.#at.pending > limit) {
      throw new WireError('TOO_LARGE', `a stream message is larger than limit (${limit})`);
    }
    return isDone;
  }

  #readHeader(bytes: Buffer): void {
    if (bytes[0] === MessageType.user) {
      this.#rest = decodeUserHeader(bytes);
    } else if (bytes[0] === MessageType.pushPull) {
      const { nodes, userStateLen } = decodePushPullHeader(bytes);
      this.#at.pending = nodes;
      this.#rest = userStateLen;
    }
  }
}
