import { compress, decompress } from './compression.ts';
import { checkPayload, decrypt, encrypt, encryptedLength, encryptionVersion } from './encryption.ts';
import { checkLabel, encodeLabel, readLabel } from './label.ts';
import { MAX_STATE_BYTES } from './limits.ts';
import { MessageType } from './message-types.ts';
import { encryptsOutgoing, type WireSettings } from './packet.ts';
import { checkStreamType, decodeStreamBody, type StreamBody } from './stream-body.ts';
import { StreamFrame } from './stream-frame.ts';
import { WireError } from './wire-error.ts';

/** Which side of a connection: only the one who dials writes a label. */
export type StreamRole = 'dialler' | 'acceptor';

/** What the message was wrapped in. */
export interface StreamLayers {
  /** The label that came; empty for none. */
  label: string;
  encrypted: boolean;
  compressed: boolean;
}

export type StreamMessage = StreamBody & StreamLayers;

/** Type and length of an encrypted stream; they are authenticated, too. */
const FRAME_BYTES = 5;

/**
 * Makes of a message what one side writes to a connection. Unlike packets, all are compressed when compression is on.
 *
 * @throws WireError TOO_LARGE for what no peer would take
 */
export function sealStream(message: Buffer, settings: WireSettings, role: StreamRole): Buffer {
  const { header, bytes } = encodeLabel(settings.label);
  const prefix = role === 'dialler' ? header : header.subarray(0, 0);
  const content = settings.compression ? compress(message) : message;
  if (!encryptsOutgoing(settings)) return prefix.length === 0 ? content : Buffer.concat([prefix, content]);
  const version = encryptionVersion(settings.protocol);
  const length = encryptedLength(version, content.length);
  checkStateLength(length);
  const frame = Buffer.allocUnsafe(FRAME_BYTES);
  frame[0] = MessageType.encrypt;
  frame.writeUInt32BE(length, 1);
  return encrypt(content, {
    version,
    key: settings.keyring.cipherKeys[0]!,
    associated: Buffer.concat([frame, bytes]),
    prefix: Buffer.concat([prefix, frame]),
  });
}

function checkStateLength(length: number): void {
  if (length > MAX_STATE_BYTES) {
    throw new WireError('TOO_LARGE', `remote node state is larger than limit (${length})`);
  }
}

/** Reads what the other side of a connection writes. */
export interface StreamReader {
  /**
   * How far the reading got. An acceptor tells the other side of errors in `layers` (encryption and compression) by an error
   * message; after others it just closes the connection.
   */
  readonly stage: 'label' | 'layers' | 'message';
  /**
   * @param chunk must stay as it is: the message is a view of it where it can be
   * @returns the message once it is whole; undefined before, and for what comes after it
   * @throws WireError as soon as something is wrong; nothing more is read then
   */
  push(chunk: Buffer): StreamMessage | undefined;
  /**
   * Tells that the other side has closed.
   *
   * @throws WireError TRUNCATED unless there was a message or an error
   */
  end(): void;
}

/** @param role one's own */
export const createStreamReader = (settings: WireSettings, role: StreamRole): StreamReader =>
  new Reader(settings, role);

class Reader implements StreamReader {
  stage: StreamReader['stage'];
  readonly #settings: WireSettings;
  readonly #layers: StreamLayers = { label: '', encrypted: false, compressed: false };
  readonly #frame = new StreamFrame();
  /** What has come, without the label; the first `#length` bytes. */
  #bytes: Buffer = Buffer.alloc(0);
  #length = 0;
  #isDone = false;

  constructor(settings: WireSettings, role: StreamRole) {
    this.#settings = settings;
    this.stage = role === 'acceptor' ? 'label' : 'layers';
  }

  push(chunk: Buffer): StreamMessage | undefined {
    if (this.#isDone) return undefined;
    this.#append(chunk);
    try {
      const body = this.#read();
      if (!body) return undefined;
      this.#isDone = true;
      return { ...body, ...this.#layers };
    } catch (error) {
      this.#isDone = true;
      throw error;
    }
  }

  end(): void {
    if (this.#isDone) return;
    const what = this.stage === 'label' && this.#length > 0 ? 'cannot decode label; ' : '';
    throw new WireError('TRUNCATED', `${what}stream has been truncated after ${this.#length} bytes`);
  }

  /** Room doubles, so that all bytes together are copied about once. */
  #append(chunk: Buffer): void {
    const length = this.#length + chunk.length;
    if (this.#length === 0) {
      this.#bytes = chunk;
    } else {
      if (length > this.#bytes.length) {
        const larger = Buffer.allocUnsafeSlow(length * 2);
        larger.set(this.#bytes.subarray(0, this.#length));
        this.#bytes = larger;
      }
      this.#bytes.set(chunk, this.#length);
    }
    this.#length = length;
  }

  #read(): StreamBody | undefined {
    let bytes = this.#bytes.subarray(0, this.#length);
    if (this.stage === 'label') {
      const found = readLabel(bytes, 'stream');
      if (!found) return undefined;
      checkLabel(found.label, this.#settings, 'stream');
      this.#layers.label = found.label;
      this.stage = 'layers';
      this.#bytes = this.#bytes.subarray(found.end);
      this.#length -= found.end;
      bytes = this.#bytes.subarray(0, this.#length);
    }
    if (bytes.length === 0) return undefined;
    return bytes[0] === MessageType.encrypt ? this.#readEncrypted(bytes) : this.#readPlain(bytes);
  }

  #readEncrypted(bytes: Buffer): StreamBody | undefined {
    const { keyring, label } = this.#settings;
    if (keyring.size === 0) {
      throw new WireError('REMOTE_ENCRYPTED', 'remote state is encrypted and encryption is not configured');
    }
    if (bytes.length < FRAME_BYTES) return undefined;
    const length = bytes.readUInt32BE(1);
    checkStateLength(length);
    const version = bytes[FRAME_BYTES];
    if (version !== undefined) checkPayload(version, length);
    if (bytes.length < FRAME_BYTES + length) return undefined;
    const associated = Buffer.concat([bytes.subarray(0, FRAME_BYTES), encodeLabel(label).bytes]);
    this.#layers.encrypted = true;
    return this.#readWhole(decrypt(bytes.subarray(FRAME_BYTES, FRAME_BYTES + length), keyring.cipherKeys, associated));
  }

  #readPlain(bytes: Buffer): StreamBody | undefined {
    const { keyring, verifyIncoming } = this.#settings;
    if (keyring.size > 0 && verifyIncoming) {
      throw new WireError('NOT_ENCRYPTED', 'encryption is configured but remote state is not encrypted');
    }
    if (bytes[0] !== MessageType.compress) {
      this.stage = 'message';
      checkStreamType(bytes[0]!);
    }
    const end = this.#frame.find(bytes);
    return end === undefined ? undefined : this.#readWhole(bytes.subarray(0, end));
  }

  #readWhole(message: Buffer): StreamBody {
    this.#layers.compressed = message[0] === MessageType.compress;
    const content = this.#layers.compressed ? decompress(message) : message;
    this.stage = 'message';
    return decodeStreamBody(content);
  }
}
