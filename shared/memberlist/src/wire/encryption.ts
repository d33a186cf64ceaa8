import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import type { CipherKey } from './keyring.ts';
import { WireError } from './wire-error.ts';

/** 0 pads to blocks of 16 bytes (protocol 1), 1 does not. Both are always understood. */
export type EncryptionVersion = 0 | 1;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BLOCK_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;

export const encryptionVersion = (protocol: number): EncryptionVersion => (protocol === 1 ? 0 : 1);

/** How many bytes encryption adds at most. */
export const encryptionOverhead = (version: EncryptionVersion): number =>
  HEAD_BYTES + TAG_BYTES + (version === 0 ? BLOCK_BYTES : 0);

/** How long a message of so many bytes is when encrypted. */
export const encryptedLength = (version: EncryptionVersion, length: number): number =>
  HEAD_BYTES + length + (version === 0 ? paddingOf(length) : 0) + TAG_BYTES;

/** PKCS#7: at least one byte, so that the last byte always tells how many. */
const paddingOf = (length: number): number => BLOCK_BYTES - (length % BLOCK_BYTES);

export interface Encryption {
  version: EncryptionVersion;
  key: CipherKey;
  /** What is authenticated with the message and not sent with it. */
  associated: Uint8Array;
  /** What goes before the result, in clear. */
  prefix: Uint8Array;
  /** Must never be used twice with a key. Default: random. */
  nonce?: Uint8Array;
}

/** AES-GCM. @returns prefix, version, nonce, encrypted message and tag */
export function encrypt(message: Uint8Array, { version, key, associated, prefix, nonce }: Encryption): Buffer {
  const start = prefix.length;
  const result = Buffer.allocUnsafe(start + encryptedLength(version, message.length));
  if (start > 0) result.set(prefix);
  result[start] = version;
  const iv = nonce ?? nextNonce();
  result.set(iv, start + 1);
  const cipher = createCipheriv(key.algorithm, key.secret, iv, { authTagLength: TAG_BYTES });
  if (associated.length > 0) cipher.setAAD(associated);
  let end = start + HEAD_BYTES;
  const body = cipher.update(message);
  result.set(body, end);
  end += body.length;
  if (version === 0) {
    const padding = paddingOf(message.length);
    result.set(cipher.update(Buffer.alloc(padding, padding)), end);
    end += padding;
  }
  cipher.final();
  result.set(cipher.getAuthTag(), end);
  return result;
}

/** Drawn many at a time: a call for each message costs as much as encrypting it. */
const nonces = Buffer.allocUnsafeSlow(NONCE_BYTES * 512);
let nonceEnd = nonces.length;

function nextNonce(): Buffer {
  if (nonceEnd === nonces.length) {
    randomFillSync(nonces);
    nonceEnd = 0;
  }
  nonceEnd += NONCE_BYTES;
  return nonces.subarray(nonceEnd - NONCE_BYTES, nonceEnd);
}

/**
 * Looks at what tells whether a payload can be encrypted at all, which can be done before all of it is there.
 *
 * @throws WireError UNSUPPORTED_VERSION, TRUNCATED
 */
export function checkPayload(version: number, length: number): asserts version is EncryptionVersion {
  if (version !== 0 && version !== 1) {
    throw new WireError('UNSUPPORTED_VERSION', `unsupported encryption version ${version}`);
  }
  if (length < encryptedLength(version, 0)) {
    throw new WireError('TRUNCATED', `payload is too small to decrypt: ${length}`);
  }
}

/**
 * Tries the keys in their order.
 *
 * @param payload version, nonce, encrypted message and tag
 * @param associated what was authenticated with it
 * @throws WireError NO_KEY when none fits, which is also so when a byte was changed
 */
export function decrypt(payload: Buffer, keys: readonly CipherKey[], associated: Uint8Array): Buffer {
  const version = payload[0];
  if (version === undefined) throw new WireError('TRUNCATED', 'cannot decrypt empty payload');
  checkPayload(version, payload.length);
  for (const key of keys) {
    const plain = open(payload, key, associated);
    if (plain) return version === 0 ? unpad(plain) : plain;
  }
  throw new WireError('NO_KEY', 'no installed keys could decrypt the message');
}

function open(payload: Buffer, key: CipherKey, associated: Uint8Array): Buffer | undefined {
  const end = payload.length - TAG_BYTES;
  const decipher = createDecipheriv(key.algorithm, key.secret, payload.subarray(1, HEAD_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(payload.subarray(end));
  if (associated.length > 0) decipher.setAAD(associated);
  const plain = decipher.update(payload.subarray(HEAD_BYTES, end));
  try {
    decipher.final();
    return plain;
  } catch {
    return undefined;
  }
}

/** Only what has been authenticated gets here, so that an error tells nothing about the key. */
function unpad(plain: Buffer): Buffer {
  const padding = plain[plain.length - 1] ?? 0;
  const end = plain.length - padding;
  const isPadded = padding >= 1 && padding <= BLOCK_BYTES && end >= 0;
  if (!isPadded || plain.subarray(end).some((byte) => byte !== padding)) {
    throw new WireError('BAD_MESSAGE', 'the padding of an encrypted message is wrong');
  }
  return plain.subarray(0, end);
}
