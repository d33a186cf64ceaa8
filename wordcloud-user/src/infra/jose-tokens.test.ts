import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@wordcloud/contracts';
import { openDatabase } from '@wordcloud/storage';
import {
  createLocalJWKSet,
  decodeProtectedHeader,
  generateKeyPair,
  type JWTPayload,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { openJoseTokens } from './jose-tokens.ts';
import { migrations, type UserSchema } from './schema.ts';

const START = Date.parse('2026-11-20T12:00:00Z');
const CLAIMS = { sub: 'u1', sid: 's1', username: 'ada', createdAt: '2026-11-20T12:00:00.000Z' };
const clock = { now: START };
const database = await openDatabase<UserSchema>({ url: 'sqlite::memory:', migrations });
afterAll(() => database.close());
const tokens = await openJoseTokens(database, () => clock.now);

/** A token like ours in everything but what the test changes. */
const forge = (change: JWTPayload, header: { alg: string; kid?: string }, key: Parameters<SignJWT['sign']>[0]) => {
  const seconds = START / 1000;
  const payload = { ...CLAIMS, iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, iat: seconds, exp: seconds + 60, ...change };
  return new SignJWT(payload).setProtectedHeader(header).sign(key);
};
const ownKey = async () => {
  const { jwk } = await database.db.selectFrom('signing_key').select('jwk').executeTakeFirstOrThrow();
  return { ...JSON.parse(jwk), alg: 'EdDSA' };
};

describe('access tokens', () => {
  it('sign – what others need to verify by themselves – claims, key id, published key', async () => {
    const token = await tokens.sign(CLAIMS, 60_000);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', kid: tokens.publicKeys()[0]!.kid });
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: tokens.publicKeys() }), {
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      currentDate: new Date(START),
    });
    expect(payload).toMatchObject({ ...CLAIMS, iat: START / 1000, exp: START / 1000 + 60 });
    expect(payload.jti).toEqual(expect.any(String));
    expect(await tokens.verify(token)).toMatchObject(CLAIMS);
  });

  it('sign – twice – different tokens', async () => {
    expect(await tokens.sign(CLAIMS, 60_000)).not.toBe(await tokens.sign(CLAIMS, 60_000));
  });

  it('keys – published – never with the private part', () => {
    expect(Object.keys(tokens.publicKeys()[0]!).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });

  it('verify – expired – refused from that second on', async () => {
    const token = await tokens.sign(CLAIMS, 60_000);
    clock.now = START + 59_999;
    expect(await tokens.verify(token)).toBeDefined();
    clock.now = START + 60_000;
    expect(await tokens.verify(token)).toBeUndefined();
    clock.now = START;
  });

  it('verify – the forged token of these tests, unchanged – accepted, so that the refusals below mean something', async () => {
    expect(await tokens.verify(await forge({}, { alg: 'EdDSA' }, await ownKey()))).toMatchObject(CLAIMS);
  });

  it.each([
    ['another issuer', { iss: 'somebody' }],
    ['another audience', { aud: 'elsewhere' }],
    ['no session', { sid: undefined }],
    ['no user', { sub: undefined }],
    ['no end', { exp: undefined }],
    ['not yet valid', { nbf: START / 1000 + 10 }],
  ])('verify – our key, but %s – refused', async (_what, change) => {
    expect(await tokens.verify(await forge(change as JWTPayload, { alg: 'EdDSA' }, await ownKey()))).toBeUndefined();
  });

  it('verify – alg none – refused', async () => {
    const unsecured = new UnsecuredJWT({ ...CLAIMS, iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, exp: START / 1000 + 60 });
    expect(await tokens.verify(unsecured.encode())).toBeUndefined();
  });

  it('verify – HS256 with the public key as its secret – refused', async () => {
    const { x, kid } = tokens.publicKeys()[0]!;
    for (const secret of [Buffer.from(x, 'base64url'), Buffer.from(JSON.stringify(tokens.publicKeys()[0]))]) {
      expect(await tokens.verify(await forge({}, { alg: 'HS256', kid }, secret))).toBeUndefined();
    }
  });

  it('verify – signed with a key of somebody else under our key id – refused', async () => {
    const { privateKey } = await generateKeyPair('EdDSA');
    const header = { alg: 'EdDSA', kid: tokens.publicKeys()[0]!.kid };
    expect(await tokens.verify(await forge({}, header, privateKey))).toBeUndefined();
  });

  it('key – opened again – the same one', async () => {
    const again = await openJoseTokens(database, () => clock.now);
    expect(again.publicKeys()).toEqual(tokens.publicKeys());
    expect(await again.verify(await tokens.sign(CLAIMS, 60_000))).toBeDefined();
  });
});
