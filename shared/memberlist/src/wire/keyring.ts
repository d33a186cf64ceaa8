import { createSecretKey, type KeyObject } from 'node:crypto';
import { WireError } from './wire-error.ts';

/** A key as the cipher wants it, made once. */
export interface CipherKey {
  readonly bytes: Uint8Array;
  readonly algorithm: 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm';
  readonly secret: KeyObject;
}

/**
 * The keys that messages are encrypted with: the first, the primary one, for what is sent, all of them for what comes. May be
 * changed at any time, so that a cluster gets a new key while it runs: `add` it on all nodes, `use` it on all nodes, then
 * `remove` the old one on all nodes.
 */
export class Keyring {
  #keys: readonly CipherKey[] = [];

  /**
   * @param keys of 16, 24 or 32 bytes for AES-128, AES-192 or AES-256; none for no encryption
   * @param primary becomes the first, default: the first of the keys
   * @throws WireError BAD_KEY
   */
  constructor(keys: readonly Uint8Array[] = [], primary: Uint8Array | undefined = keys[0]) {
    if (primary) this.add(primary);
    for (const key of keys) this.add(key);
  }

  /** All keys, the primary one first; copies. */
  get keys(): Uint8Array[] {
    return this.#keys.map(({ bytes }) => bytes.slice());
  }

  /** The key that is used for what is sent; a copy. Undefined in an empty ring. */
  get primary(): Uint8Array | undefined {
    return this.#keys[0]?.bytes.slice();
  }

  /** How many keys there are: none is no encryption. */
  get size(): number {
    return this.#keys.length;
  }

  /** The keys for the cipher, the primary one first. */
  get cipherKeys(): readonly CipherKey[] {
    return this.#keys;
  }

  /**
   * Adds a key for what comes; in an empty ring also for what is sent. One that is there already stays where it is.
   *
   * @throws WireError BAD_KEY unless it has 16, 24 or 32 bytes
   */
  add(key: Uint8Array): void {
    const added = cipherKey(key);
    if (!this.#find(key)) this.#keys = [...this.#keys, added];
  }

  /**
   * Makes a key the primary one. All nodes must have it before.
   *
   * @throws WireError BAD_KEY for one that is not in the ring
   */
  use(key: Uint8Array): void {
    const primary = this.#find(key);
    if (!primary) throw new WireError('BAD_KEY', 'requested key is not in the keyring');
    this.#keys = [primary, ...this.#keys.filter((other) => other !== primary)];
  }

  /**
   * Removes a key; one that is not there is no error.
   *
   * @throws WireError BAD_KEY for the primary one
   */
  remove(key: Uint8Array): void {
    const removed = this.#find(key);
    if (!removed) return;
    if (removed === this.#keys[0]) throw new WireError('BAD_KEY', 'removing the primary key is not allowed');
    this.#keys = this.#keys.filter((other) => other !== removed);
  }

  #find(key: Uint8Array): CipherKey | undefined {
    return this.#keys.find(({ bytes }) => Buffer.compare(bytes, key) === 0);
  }
}

function cipherKey(key: Uint8Array): CipherKey {
  const bytes = Uint8Array.from(key);
  if (bytes.length !== 16 && bytes.length !== 24 && bytes.length !== 32) {
    throw new WireError('BAD_KEY', `key size must be 16, 24 or 32 bytes, not ${bytes.length}`);
  }
  const algorithm = ({ 16: 'aes-128-gcm', 24: 'aes-192-gcm', 32: 'aes-256-gcm' } as const)[bytes.length];
  return { bytes, algorithm, secret: createSecretKey(bytes) };
}
