/** Access tokens: JWT signed with EdDSA (Ed25519). The key lies in the database, so that all instances share it. */
import { type AccessClaims, TOKEN_AUDIENCE, TOKEN_ISSUER } from '@wordcloud/contracts';
import { type Database, isUniqueViolation } from '@wordcloud/storage';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import type { AccessTokens, PublicKey } from '../domain/ports.ts';
import type { UserSchema } from './schema.ts';

const ALGORITHM = 'EdDSA';

export async function openJoseTokens(database: Database<UserSchema>, now: () => number): Promise<AccessTokens> {
  const jwk = (await readKey(database)) ?? (await makeKey(database));
  const { d: _private, ...publicJwk } = jwk;
  const privateKey = await importJWK(jwk, ALGORITHM);
  const publicKey = await importJWK(publicJwk, ALGORITHM);
  const kid = jwk.kid!;

  return {
    sign: ({ sub, ...claims }, lifeMs) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: ALGORITHM, kid })
        .setIssuer(TOKEN_ISSUER)
        .setAudience(TOKEN_AUDIENCE)
        .setSubject(sub)
        .setIssuedAt(new Date(now()))
        .setExpirationTime(new Date(now() + lifeMs))
        .setJti(crypto.randomUUID())
        .sign(privateKey),
    async verify(token) {
      const options = {
        algorithms: [ALGORITHM],
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        requiredClaims: ['sub', 'sid', 'exp'],
        currentDate: new Date(now()),
      };
      const verified = await jwtVerify<AccessClaims>(token, publicKey, options).catch(() => undefined);
      return verified?.payload;
    },
    publicKeys: () => [{ ...publicJwk, alg: ALGORITHM, use: 'sig' } as PublicKey],
  };
}

async function readKey({ db }: Database<UserSchema>): Promise<JWK | undefined> {
  const row = await db.selectFrom('signing_key').select('jwk').where('id', '=', 1).executeTakeFirst();
  return row && (JSON.parse(row.jwk) as JWK);
}

/** Of several instances that start for the first time, the first to write decides. */
async function makeKey(database: Database<UserSchema>): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  jwk.kid = await calculateJwkThumbprint(jwk);
  try {
    await database.db
      .insertInto('signing_key')
      .values({ id: 1, jwk: JSON.stringify(jwk) })
      .execute();
    return jwk;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return (await readKey(database))!;
  }
}
