import { describe, expect, it } from 'vitest';
import { codeOf, KEY, vector } from '../../test/wire/vectors.ts';
import { decrypt, type Encryption, encrypt, encryptedLength, encryptionOverhead } from './encryption.ts';
import { Keyring } from './keyring.ts';

const { cipherKeys } = new Keyring([KEY]);
const associated = Buffer.from('random data');
const prefix = Buffer.alloc(0);
const sealed = (plain: Uint8Array, version: 0 | 1, more: Partial<Encryption> = {}) =>
  encrypt(plain, { version, key: cipherKeys[0]!, associated, prefix, ...more });

describe('encryption', () => {
  it.each([0, 1] as const)('TestEncryptDecrypt_V%i – the length is exact, and the text comes back', (version) => {
    const plain = Buffer.from('this is a plain text message');
    const payload = sealed(plain, version);

    expect(payload.length).toBe(encryptedLength(version, plain.length));
    expect(payload.length).toBe(version === 0 ? 61 : 57);
    expect(decrypt(payload, cipherKeys, associated)).toEqual(plain);
  });

  it('TestPKCS7 – messages of 0 to 255 bytes are padded and unpadded', () => {
    for (let length = 0; length <= 255; length++) {
      const plain = Buffer.alloc(length, length);
      const payload = sealed(plain, 0);
      expect((payload.length - 29) % 16).toBe(0);
      expect(payload.length).toBeGreaterThan(29 + length);
      expect(decrypt(payload, cipherKeys, associated)).toEqual(plain);
    }
  });

  it.each([
    ['a length of 0', [...Array(15).fill(7), 0]],
    ['a length of 17', Array(32).fill(17)],
    ['a length beyond the beginning', Array(16).fill(255)],
    ['bytes that differ', [...Array(14).fill(7), 1, 2]],
  ])('padding with %s – is refused though the key is right', (_, bytes) => {
    // Version 1 does not pad: what it encrypted is taken for a padded message when it says version 0.
    const payload = sealed(Uint8Array.from(bytes), 1);
    payload[0] = 0;

    expect(codeOf(() => decrypt(payload, cipherKeys, associated))).toBe('BAD_MESSAGE');
  });

  it('two messages – never have the same nonce', () => {
    const nonces = Array.from({ length: 2000 }, () => sealed(prefix, 1).subarray(1, 13).toString('hex'));

    expect(new Set(nonces).size).toBe(2000);
  });

  it('any changed byte – is noticed', () => {
    const payload = sealed(Buffer.from('text'), 1);
    for (let i = 1; i < payload.length; i++) {
      const changed = Buffer.from(payload);
      changed[i]! ^= 1;
      expect(codeOf(() => decrypt(changed, cipherKeys, associated))).toBe('NO_KEY');
    }
    expect(codeOf(() => decrypt(payload, cipherKeys, Buffer.from('other data')))).toBe('NO_KEY');
  });

  it('what cannot be encrypted – is refused before any key is tried', () => {
    expect(() => decrypt(Buffer.alloc(0), cipherKeys, associated)).toThrow('cannot decrypt empty payload');
    expect(() => decrypt(Buffer.of(2), cipherKeys, associated)).toThrow('unsupported encryption version 2');
    expect(() => decrypt(Buffer.alloc(28, 1), cipherKeys, associated)).toThrow('payload is too small to decrypt: 28');
    expect(() => decrypt(Buffer.alloc(44, 0), cipherKeys, associated)).toThrow('payload is too small to decrypt: 44');
  });

  it('the overhead – is never more than was said', () => {
    for (let length = 0; length < 40; length++) {
      expect(encryptedLength(1, length) - length).toBe(encryptionOverhead(1));
      expect(encryptedLength(0, length) - length).toBeLessThanOrEqual(encryptionOverhead(0));
    }
    expect([encryptionOverhead(0), encryptionOverhead(1)]).toEqual([45, 29]);
  });

  it('a given nonce – is used', () => {
    const nonce = Buffer.from(vector('fn.enc_v1_aes128_nolabel').nonce!, 'hex');

    expect(sealed(prefix, 1, { nonce }).subarray(1, 13)).toEqual(nonce);
  });
});
