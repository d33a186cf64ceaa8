// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { type AccessChange, createAccess } from './access.ts';
import { fakeChannels, fakeLocks } from './test-browser.ts';

const USER = { id: '1', username: 'ada', createdAt: '2026-11-20T15:00:00.000Z' };
const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ status, code, detail: 'a sentence' }), { status });

/** The user service as far as the cookie goes: each refresh token works once, and using an old one ends the session. */
function fakeServer() {
  let cookie: number | undefined;
  let issued = 0;
  const begin = () => {
    issued += 1;
    cookie = issued;
    return Response.json({ accessToken: `token ${issued}`, expiresIn: 60, user: USER });
  };
  const requests: string[] = [];
  let isAway = false;
  const serve = async (path: RequestInfo | URL): Promise<Response> => {
    requests.push(String(path));
    if (isAway) throw new TypeError('Failed to fetch');
    if (path === '/api/auth/login') return begin();
    if (path === '/api/auth/logout') {
      cookie = undefined;
      return new Response(null, { status: 204 });
    }
    const sent = cookie;
    if (sent === undefined) return problem(401, 'SESSION_ENDED');
    // The way there and back: whoever sends the same cookie meanwhile has used an old one.
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (sent !== cookie) cookie = undefined;
    return cookie === undefined ? problem(401, 'SESSION_ENDED') : begin();
  };
  return {
    requests,
    serve: serve as typeof fetch,
    setAway(value: boolean) {
      isAway = value;
    },
  };
}

function setUp({ withLocks = true } = {}) {
  const server = fakeServer();
  const locks = fakeLocks();
  const channel = fakeChannels();
  let now = 0;
  const openTab = () => {
    const changes: AccessChange[] = [];
    const access = createAccess({
      fetch: server.serve,
      locks: withLocks ? locks : undefined,
      channel: channel(),
      now: () => now,
    });
    access.onChange((change) => changes.push(change));
    return { access, changes };
  };
  return {
    ...server,
    openTab,
    channel,
    pass(ms: number) {
      now += ms;
    },
  };
}

describe('access', () => {
  it('log-in – every tab has the session', async () => {
    const { openTab } = setUp();
    const [a, b] = [openTab(), openTab()];
    await a.access.logIn('ada', 'secret');
    await vi.waitFor(() => expect(b.access.grant?.user).toEqual(USER));
    expect(a.changes).toMatchObject([{ kind: 'in', elsewhere: false }]);
    expect(b.changes).toMatchObject([{ kind: 'in', elsewhere: true }]);
  });

  it('token – asked for again only when it runs out', async () => {
    const { openTab, pass, requests } = setUp();
    const { access } = openTab();
    expect(await access.token()).toBeUndefined();
    await access.logIn('ada', 'secret');
    expect(await access.token()).toBe('token 1');
    pass(55_000);
    expect(await Promise.all([access.token(), access.token()])).toEqual(['token 2', 'token 2']);
    expect(requests).toEqual(['/api/auth/login', '/api/auth/refresh']);
  });

  it('two tabs at once – one refreshes, the other takes what it got', async () => {
    const { openTab, pass, requests } = setUp();
    const [a, b] = [openTab(), openTab()];
    await a.access.logIn('ada', 'secret');
    await vi.waitFor(() => expect(b.access.grant).toBeDefined());
    pass(55_000);
    expect(await Promise.all([a.access.token(), b.access.token()])).toEqual(['token 2', 'token 2']);
    expect(requests.filter((path) => path === '/api/auth/refresh')).toHaveLength(1);
  });

  it('two tabs that have just been opened – neither loses the session', async () => {
    const { openTab, requests } = setUp();
    await openTab().access.logIn('ada', 'secret');
    const tabs = [openTab(), openTab(), openTab()];
    const grants = await Promise.all(tabs.map(({ access }) => access.refresh()));
    expect(new Set(grants.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(requests.filter((path) => path === '/api/auth/refresh')).toHaveLength(1);
  });

  it('without Web Locks – a tab alone still refreshes once at a time', async () => {
    const { openTab, pass } = setUp({ withLocks: false });
    const { access } = openTab();
    await access.logIn('ada', 'secret');
    pass(60_000);
    expect(await Promise.all([access.refresh(), access.refresh()])).toMatchObject([
      { accessToken: 'token 2' },
      { accessToken: 'token 2' },
    ]);
  });

  it('no session – out, with the reason', async () => {
    const { openTab } = setUp();
    const { access, changes } = openTab();
    await expect(access.refresh()).rejects.toMatchObject({ code: 'SESSION_ENDED', status: 401 });
    expect(changes).toEqual([{ kind: 'out', reason: 'ended', elsewhere: false }]);
  });

  it('server away – an error, and nobody is signed out', async () => {
    const { openTab, pass, setAway } = setUp();
    const { access, changes } = openTab();
    await access.logIn('ada', 'secret');
    pass(60_000);
    setAway(true);
    await expect(access.refresh()).rejects.toMatchObject({ code: 'OFFLINE' });
    await expect(access.logOut()).rejects.toMatchObject({ code: 'OFFLINE' });
    expect(access.grant).toBeDefined();
    setAway(false);
    expect((await access.refresh()).accessToken).toBe('token 2');
    expect(changes.map(({ kind }) => kind)).toEqual(['in', 'in']);
  });

  it('log-out – noticed by other tabs', async () => {
    const { openTab } = setUp();
    const [a, b] = [openTab(), openTab()];
    await a.access.logIn('ada', 'secret');
    await vi.waitFor(() => expect(b.access.grant).toBeDefined());
    await a.access.logOut();
    await vi.waitFor(() => expect(b.changes.at(-1)).toEqual({ kind: 'out', reason: 'left', elsewhere: true }));
    expect(a.changes.at(-1)).toEqual({ kind: 'out', reason: 'left', elsewhere: false });
  });

  it('log-out – a request that is still under way hears that the session has ended – it was the wish', async () => {
    const { openTab } = setUp();
    const { access, changes } = openTab();
    await access.logIn('ada', 'secret');
    const leaving = access.logOut();
    await vi.waitFor(() => expect(access.grant).toBeDefined());
    access.ended('token 1');
    await leaving;
    expect(changes.map(({ kind }) => kind)).toEqual(['in', 'out']);
    expect(changes.at(-1)).toEqual({ kind: 'out', reason: 'left', elsewhere: false });
  });

  it('log-out – another tab hears first from the server that the session has ended – and says why it did', async () => {
    const { openTab } = setUp();
    const [a, b] = [openTab(), openTab()];
    await a.access.logIn('ada', 'secret');
    await vi.waitFor(() => expect(b.access.grant).toBeDefined());
    const leaving = a.access.logOut();
    // The other tab knows of the wish, and its stream breaks before the wish is fulfilled.
    await Promise.resolve();
    b.access.ended('token 1');
    await leaving;
    await Promise.resolve();
    expect(b.changes.slice(1, 2)).toEqual([{ kind: 'out', reason: 'left', elsewhere: true }]);
    expect(a.changes.map((change) => ('reason' in change ? change.reason : 'in'))).toEqual(['in', 'left']);
  });

  it('log-out – a tab that does not know of it yet tells that the session has ended – who signs out knows better', async () => {
    const { openTab, channel } = setUp();
    const { access, changes } = openTab();
    await access.logIn('ada', 'secret');
    const leaving = access.logOut();
    channel().postMessage({ kind: 'out', reason: 'ended' });
    await leaving;
    expect(changes.slice(1)).toEqual([{ kind: 'out', reason: 'left', elsewhere: false }]);
  });

  it('log-out that fails – a session that ends later has ended by itself', async () => {
    const { openTab, setAway } = setUp();
    const [a, b] = [openTab(), openTab()];
    await a.access.logIn('ada', 'secret');
    await vi.waitFor(() => expect(b.access.grant).toBeDefined());
    setAway(true);
    await expect(a.access.logOut()).rejects.toMatchObject({ code: 'OFFLINE' });
    await Promise.resolve();
    b.access.ended('token 1');
    expect(b.changes.at(-1)).toEqual({ kind: 'out', reason: 'ended', elsewhere: false });
  });

  it('session that the server ended – a token that was replaced meanwhile says nothing', async () => {
    const { openTab } = setUp();
    const { access, changes } = openTab();
    await access.logIn('ada', 'secret');
    access.ended('an older token');
    expect(access.grant).toBeDefined();
    access.ended('token 1');
    expect(access.grant).toBeUndefined();
    expect(changes.at(-1)).toEqual({ kind: 'out', reason: 'ended', elsewhere: false });
  });
});
