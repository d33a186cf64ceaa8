import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Backends, startBackends } from './backends.ts';
import { type Bff, cookieOf, postJson, problemOf, signIn, startBff } from './harness.ts';

let backends: Backends;
let bff: Bff;
let other: Bff;
beforeAll(async () => {
  backends = await startBackends();
  [bff, other] = await Promise.all([startBff(backends), startBff(backends)]);
});
afterAll(async () => {
  await Promise.all([bff?.close(), other?.close()]);
  await backends?.stop();
});

const PASSWORD = 'engine no. 1';
const refresh = (cookie: string, headers: Record<string, string> = {}, one = bff) =>
  one.call('/api/auth/refresh', { method: 'POST', headers: { cookie, ...headers } });
const logOut = (headers: Record<string, string>, one = bff) =>
  one.call('/api/auth/logout', { method: 'POST', headers });
const me = (token: string, one = bff) => one.call('/api/me', { headers: { authorization: `Bearer ${token}` } });

describe('sign-up', () => {
  it('valid – 201 with the account and nothing secret', async () => {
    const answer = await postJson(bff, '/api/auth/signup', { username: 'ada.lovelace', password: PASSWORD });
    expect(answer.status).toBe(201);
    const user = { id: expect.any(String), username: 'ada.lovelace', createdAt: expect.any(String) };
    expect(await answer.json()).toEqual({ user });
  });

  it('name taken – 409', async () => {
    const { credentials } = await signIn(bff);
    const again = await postJson(bff, '/api/auth/signup', {
      ...credentials,
      username: credentials.username.toUpperCase(),
    });
    expect(await problemOf(again)).toMatchObject({ status: 409, code: 'USERNAME_TAKEN' });
  });

  it('rules broken – 400 names each, without the password', async () => {
    const answer = await postJson(bff, '/api/auth/signup', { username: '-x', password: 'qwerty' });
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
    expect(problem.errors).toMatchObject([{ field: 'username', value: '-x' }, { field: 'password' }]);
    expect(JSON.stringify(problem)).not.toContain('qwerty');
  });

  it.each([
    ['{"username": ', 400, 'BAD_REQUEST'],
    ['{"username": "abc"}', 400, 'INVALID_INPUT'],
    ['[]', 400, 'INVALID_INPUT'],
    ['', 400, 'BAD_REQUEST'],
  ])('body %j – %i %s', async (body, status, code) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await bff.call('/api/auth/signup', { method: 'POST', headers, body });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await problemOf(answer)).toMatchObject({ status, code, requestId: answer.headers.get('x-request-id') });
  });
});

describe('log-in', () => {
  it('right – a token that works, and a cookie that only our pages send', async () => {
    const { credentials } = await signIn(bff);
    const answer = await postJson(bff, '/api/auth/login', credentials);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const session = (await answer.json()) as Record<string, unknown>;
    expect(Object.keys(session).sort()).toEqual(['accessToken', 'expiresIn', 'user']);
    expect(session.expiresIn).toBe(300);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^wordcloud_refresh=[^;]{20,};/);
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/api/auth', 'Max-Age=2592000']) {
      expect(cookie).toContain(attribute);
    }
    expect(cookie).not.toContain('Secure');
    const answered = await me(session.accessToken as string);
    expect(await answered.json()).toEqual({ user: session.user });
  });

  it('wrong password and unknown name – the same 401', async () => {
    const { credentials } = await signIn(bff);
    const wrong = await problemOf(await postJson(bff, '/api/auth/login', { ...credentials, password: 'wrong one' }));
    const unknown = await problemOf(
      await postJson(bff, '/api/auth/login', { ...credentials, username: 'nobody-there' }),
    );
    expect(wrong).toMatchObject({ status: 401, code: 'BAD_CREDENTIALS' });
    expect({ ...unknown, requestId: '' }).toEqual({ ...wrong, requestId: '' });
  });

  it('a sixth time after five wrong ones – 429 with Retry-After', async () => {
    const { credentials } = await signIn(bff);
    for (let i = 0; i < 5; i++) await postJson(bff, '/api/auth/login', { ...credentials, password: 'wrong one' });
    const answer = await postJson(bff, '/api/auth/login', credentials);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await problemOf(answer)).toMatchObject({ status: 429, code: 'TOO_MANY_ATTEMPTS' });
  });
});

describe('refresh', () => {
  it('the cookie – a new token and a new cookie; the old one ends the session', async () => {
    const { cookie, accessToken } = await signIn(bff);
    const first = await refresh(cookie);
    expect(first.status).toBe(200);
    const next = cookieOf(first);
    expect(next).not.toBe(cookie);
    const { accessToken: second } = (await first.json()) as { accessToken: string };
    expect((await me(second)).status).toBe(200);

    const reused = await refresh(cookie);
    expect(reused.headers.get('set-cookie')).toMatch(/^wordcloud_refresh=;/);
    expect(await problemOf(reused)).toMatchObject({ status: 401, code: 'SESSION_ENDED' });
    expect((await refresh(next)).status).toBe(401);
    await vi.waitFor(async () => {
      for (const token of [accessToken, second]) expect((await me(token)).status).toBe(401);
    });
  });

  it.each([{}, { cookie: 'wordcloud_refresh=' }, { cookie: 'wordcloud_refresh=made-up' }])(
    'with %j – SESSION_ENDED',
    async (headers) => {
      const answer = await bff.call('/api/auth/refresh', {
        method: 'POST',
        headers: headers as Record<string, string>,
      });
      expect(await problemOf(answer)).toMatchObject({ status: 401, code: 'SESSION_ENDED' });
    },
  );

  it.each<Record<string, string>>([
    { origin: 'http://evil.example' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'null' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
  ])('from elsewhere (%j) – 403 and the session lives on', async (headers) => {
    const { cookie } = await signIn(bff);
    expect(await problemOf(await refresh(cookie, headers))).toMatchObject({ status: 403, code: 'CROSS_SITE' });
    expect(await problemOf(await logOut({ cookie, ...headers }))).toMatchObject({ status: 403, code: 'CROSS_SITE' });
    expect((await refresh(cookie, { origin: bff.origin })).status).toBe(200);
  });
});

describe('log-out', () => {
  it('token and cookie – both dead at once here, within a second on another instance', async () => {
    const { cookie, accessToken } = await signIn(bff);
    expect((await me(accessToken, other)).status).toBe(200);
    const answer = await logOut({ cookie, authorization: `Bearer ${accessToken}` });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^wordcloud_refresh=;.*Path=\/api\/auth/);
    expect(await problemOf(await me(accessToken))).toMatchObject({ status: 401, code: 'SESSION_ENDED' });
    await vi.waitFor(async () => expect((await me(accessToken, other)).status).toBe(401), 1_000);
    expect((await refresh(cookie, {}, other)).status).toBe(401);
  });

  it('cookie alone, or with a token that has run out – ends the session all the same', async () => {
    for (const authorization of [undefined, 'Bearer nonsense']) {
      const { cookie, accessToken } = await signIn(bff);
      const headers: Record<string, string> = authorization === undefined ? { cookie } : { cookie, authorization };
      expect((await logOut(headers)).status).toBe(204);
      expect((await refresh(cookie)).status).toBe(401);
      await vi.waitFor(async () => expect((await me(accessToken)).status).toBe(401), 1_000);
    }
  });

  it('token alone – the refresh token of the session is dead, too', async () => {
    const { cookie, accessToken } = await signIn(bff);
    expect((await logOut({ authorization: `Bearer ${accessToken}` })).status).toBe(204);
    expect((await refresh(cookie)).status).toBe(401);
  });

  it('nothing – 401', async () => {
    expect(await problemOf(await logOut({}))).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });
});

describe('access tokens', () => {
  it('expired – TOKEN_EXPIRED', async () => {
    const late = await startBff(backends);
    try {
      const { accessToken } = await signIn(late);
      late.clock.ahead = 299_000 - 5_000;
      expect((await me(accessToken, late)).status).toBe(200);
      late.clock.ahead = 301_000;
      expect(await problemOf(await me(accessToken, late))).toMatchObject({ status: 401, code: 'TOKEN_EXPIRED' });
    } finally {
      await late.close();
    }
  });

  it('without signature, of another key, changed, missing – UNAUTHENTICATED', async () => {
    const { accessToken } = await signIn(bff);
    const [header, payload, signature] = accessToken.split('.') as [string, string, string];
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = [
      `${encode({ alg: 'none' })}.${payload}.`,
      `${encode({ alg: 'HS256' })}.${payload}.${signature}`,
      `${encode({ alg: 'EdDSA', kid: 'unknown' })}.${payload}.${signature}`,
      `${header}.${encode({ ...claims, sub: 'somebody else' })}.${signature}`,
      'nonsense',
    ];
    for (const token of forged) {
      expect(await problemOf(await me(token))).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    }
    for (const authorization of ['', 'Bearer', `Basic ${accessToken}`, accessToken]) {
      const answer = await bff.call('/api/me', { headers: { authorization } });
      expect(await problemOf(answer)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    }
  });

  it.each([
    ['GET', '/api/me'],
    ['GET', '/api/wordclouds'],
    ['POST', '/api/wordclouds'],
    ['GET', '/api/wordclouds/00000000-0000-7000-8000-000000000000/image.png'],
    ['DELETE', '/api/wordclouds/00000000-0000-7000-8000-000000000000'],
    ['GET', '/api/events'],
  ])('%s %s without one – 401', async (method, path) => {
    expect(await problemOf(await bff.call(path, { method }))).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });
});
