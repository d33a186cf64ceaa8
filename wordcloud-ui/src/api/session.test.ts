// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeChannels, fakeLocks } from './test-browser.ts';

const USER = { id: '1', username: 'ada', createdAt: '2026-11-20T15:00:00.000Z' };
const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ code, detail: 'a sentence' }), { status });
const granted = (name = 'token') => Response.json({ accessToken: name, expiresIn: 300, user: USER });

/** What the server answers next, by path. */
let answers: Record<string, () => Response | Promise<Response>>;
const requests: { path: string; token: string | null; keepalive?: boolean | undefined }[] = [];

beforeEach(() => {
  vi.resetModules();
  localStorage.clear();
  requests.length = 0;
  answers = {};
  Object.defineProperty(navigator, 'locks', { value: fakeLocks(), configurable: true });
  const open = fakeChannels();
  vi.stubGlobal('BroadcastChannel', function Channel() {
    return open();
  });
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const token = new Headers(init.headers).get('authorization');
    requests.push({ path, token, ...(init.keepalive && { keepalive: true }) });
    const answer = answers[path];
    if (answer === undefined) throw new TypeError('Failed to fetch');
    return answer();
  });
});

/** The modules of a page that has just been loaded. */
async function openPage() {
  const { createPinia, setActivePinia } = await import('pinia');
  setActivePinia(createPinia());
  const { useSession } = await import('./session.ts');
  const { api } = await import('./http.ts');
  return { session: useSession(), api };
}

describe('session', () => {
  it('visitor – signed out at once, without a refused request', async () => {
    const { session } = await openPage();
    await session.restore();
    expect(session.status).toBe('out');
    expect(requests).toEqual([]);
  });

  it('reload – the session is there again', async () => {
    answers['/api/auth/login'] = () => granted();
    answers['/api/auth/refresh'] = () => granted('fresh');
    await (await openPage()).session.logIn('ada', 'secret');
    vi.resetModules();
    const { session } = await openPage();
    expect(session.status).toBe('unknown');
    await session.restore();
    expect(session).toMatchObject({ status: 'in', user: USER, ending: null });
  });

  it('reload while the service is away – not signed out, and signed in when it is back', async () => {
    localStorage.setItem('wordcloud-session', '1');
    const { session } = await openPage();
    answers['/api/auth/refresh'] = () => problem(503, 'NO_INSTANCE');
    answers['/api/options'] = () => Response.json({});
    await session.restore();
    expect(session.status).toBe('unknown');
    await vi.waitFor(() => expect(session.isAway).toBe(true));
    answers['/api/auth/refresh'] = () => granted();
    dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(session).toMatchObject({ status: 'in', isAway: false }));
  });

  it('reload while too much was asked – not signed out, and signed in when there is room again', async () => {
    localStorage.setItem('wordcloud-session', '1');
    const { session } = await openPage();
    answers['/api/auth/refresh'] = () => problem(429, 'RATE_LIMITED');
    answers['/api/options'] = () => Response.json({});
    await session.restore();
    await vi.waitFor(() => expect(session).toMatchObject({ status: 'unknown', isAway: true }));
    answers['/api/auth/refresh'] = () => granted();
    dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(session).toMatchObject({ status: 'in', isAway: false }));
  });

  it('session that has ended – told once, and only to who was signed in', async () => {
    answers['/api/auth/login'] = () => granted();
    const { session, api } = await openPage();
    await session.logIn('ada', 'secret');
    answers['/api/me'] = () => problem(401, 'SESSION_ENDED');
    await expect(api('GET', '/api/me')).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    expect(session).toMatchObject({ status: 'out', user: null, ending: 'ended' });
    await session.logIn('ada', 'secret');
    expect(session).toMatchObject({ status: 'in', ending: null });
  });

  it('own log-out – needs no words', async () => {
    answers['/api/auth/login'] = () => granted();
    answers['/api/auth/logout'] = () => new Response(null, { status: 204 });
    const { session } = await openPage();
    await session.logIn('ada', 'secret');
    await session.logOut();
    expect(session).toMatchObject({ status: 'out', ending: null });
    expect(requests.at(-1)).toEqual({ path: '/api/auth/logout', token: 'Bearer token' });
  });
});

describe('api', () => {
  it('token that has run out – renewed once for all who ask', async () => {
    answers['/api/auth/login'] = () => granted('old');
    answers['/api/auth/refresh'] = () => granted('new');
    const { session, api } = await openPage();
    await session.logIn('ada', 'secret');
    answers['/api/me'] = () =>
      requests.at(-1)!.token === 'Bearer new' ? Response.json({ user: USER }) : problem(401, 'TOKEN_EXPIRED');
    expect(await Promise.all([api('GET', '/api/me'), api('GET', '/api/me')])).toEqual([{ user: USER }, { user: USER }]);
    expect(requests.filter(({ path }) => path === '/api/auth/refresh')).toHaveLength(1);
  });

  it('token that is refused again – an error, not a circle', async () => {
    answers['/api/auth/login'] = () => granted('old');
    answers['/api/auth/refresh'] = () => granted('new');
    answers['/api/me'] = () => problem(401, 'TOKEN_EXPIRED');
    const { session, api } = await openPage();
    await session.logIn('ada', 'secret');
    await expect(api('GET', '/api/me')).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    expect(requests.filter(({ path }) => path === '/api/me')).toHaveLength(2);
  });

  it('answers – 204 is nothing, a page of a proxy is an error with a code', async () => {
    const { api } = await openPage();
    answers['/api/gone'] = () => new Response(null, { status: 204 });
    answers['/api/page'] = () =>
      new Response('<html>Bad Gateway</html>', { status: 502, headers: { 'retry-after': '3' } });
    expect(await api('DELETE', '/api/gone')).toBeUndefined();
    await expect(api('GET', '/api/page')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      status: 502,
      retryAfterSeconds: 3,
    });
    await expect(api('GET', '/api/none')).rejects.toMatchObject({ code: 'OFFLINE', status: 0 });
  });

  it('the last request of a page – outlives it, with the token at hand, and never renews it', async () => {
    answers['/api/auth/login'] = () => granted('old');
    answers['/api/auth/refresh'] = () => granted('new');
    const { session, api } = await openPage();
    await session.logIn('ada', 'secret');
    answers['/api/wordclouds/a'] = () => problem(401, 'TOKEN_EXPIRED');
    const leaving = api('DELETE', '/api/wordclouds/a', { isLast: true });
    // Sent at once: the page may have no later turn.
    expect(requests.at(-1)).toEqual({ path: '/api/wordclouds/a', token: 'Bearer old', keepalive: true });
    await expect(leaving).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    expect(requests.map(({ path }) => path)).not.toContain('/api/auth/refresh');
  });

  it('abort – stays an abort', async () => {
    const { api } = await openPage();
    const stopping = new AbortController();
    answers['/api/slow'] = () => {
      stopping.abort();
      throw stopping.signal.reason as Error;
    };
    await expect(api('GET', '/api/slow', { signal: stopping.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
