import { describe, expect, it } from 'vitest';
import { codeOf } from '../../test/wire/vectors.ts';
import { decrypt, encrypt } from './encryption.ts';
import { Keyring } from './keyring.ts';

const KEYS = [
  Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
  Uint8Array.of(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
  Uint8Array.of(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
] as const;

describe('Keyring', () => {
  it('TestKeyring_EmptyRing – no keys, no primary one', () => {
    const keyring = new Keyring();

    expect(keyring.keys).toEqual([]);
    expect(keyring.primary).toBeUndefined();
    expect(keyring.size).toBe(0);
  });

  it('TestKeyring_PrimaryOnly – one key', () => {
    expect(new Keyring([], KEYS[0]).keys).toEqual([KEYS[0]]);
  });

  it('TestKeyring_GetPrimaryKey – the given one of three, or else the first', () => {
    expect(new Keyring(KEYS, KEYS[1]).primary).toEqual(KEYS[1]);
    expect(new Keyring(KEYS).primary).toEqual(KEYS[0]);
    expect(new Keyring(KEYS, KEYS[1]).keys).toEqual([KEYS[1], KEYS[0], KEYS[2]]);
  });

  it('TestKeyring_AddRemoveUse – the life of a key', () => {
    const keyring = new Keyring([], KEYS[1]);

    expect(() => keyring.use(KEYS[2])).toThrow('requested key is not in the keyring');
    keyring.add(KEYS[2]);
    expect(keyring.keys).toEqual([KEYS[1], KEYS[2]]);
    keyring.use(KEYS[2]);
    expect(keyring.primary).toEqual(KEYS[2]);
    expect(() => keyring.remove(KEYS[2])).toThrow('removing the primary key is not allowed');
    keyring.remove(KEYS[1]);
    expect(keyring.keys).toEqual([KEYS[2]]);
  });

  it('TestKeyRing_MultiKeyEncryptDecrypt – each key of the ring decrypts, one that was removed does not', () => {
    const keyring = new Keyring(KEYS);
    const plain = Buffer.from('this is a plain text message');
    const associated = Buffer.from('random data');
    const sealedWith = (i: number) =>
      encrypt(plain, { version: 1, key: new Keyring([KEYS[i]!]).cipherKeys[0]!, associated, prefix: Buffer.alloc(0) });
    const secondary = sealedWith(2);

    expect(decrypt(sealedWith(0), keyring.cipherKeys, associated)).toEqual(plain);
    expect(decrypt(secondary, keyring.cipherKeys, associated)).toEqual(plain);
    keyring.remove(KEYS[2]);
    expect(() => decrypt(secondary, keyring.cipherKeys, associated)).toThrow(
      'no installed keys could decrypt the message',
    );
  });

  it('a key that is there – is not added again', () => {
    const keyring = new Keyring(KEYS);
    keyring.add(Uint8Array.from(KEYS[2]));

    expect(keyring.keys).toEqual(KEYS);
  });

  it('a key that is not there – may be removed, also from an empty ring', () => {
    const keyring = new Keyring();
    keyring.remove(KEYS[0]);

    expect(keyring.size).toBe(0);
  });

  it('the first key of an empty ring – becomes the primary one', () => {
    const keyring = new Keyring();
    keyring.add(KEYS[0]);

    expect(keyring.primary).toEqual(KEYS[0]);
  });

  it.each([0, 3, 15, 17, 38])('a key of %i bytes – is refused', (length) => {
    const key = new Uint8Array(length);

    expect(() => new Keyring([key])).toThrow(`key size must be 16, 24 or 32 bytes, not ${length}`);
    expect(codeOf(() => new Keyring().add(key))).toBe('BAD_KEY');
  });

  it.each([16, 24, 32])('a key of %i bytes – is taken', (length) => {
    expect(new Keyring([new Uint8Array(length)]).size).toBe(1);
  });

  it('keys – are copies in both directions', () => {
    const key = Uint8Array.from(KEYS[0]);
    const keyring = new Keyring([key]);
    key.fill(0);
    keyring.primary!.fill(0);

    expect(keyring.keys).toEqual([KEYS[0]]);
  });
});
