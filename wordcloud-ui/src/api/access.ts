/**
 * The access token of this tab, and how it is renewed. The refresh cookie is rotated with each use, and using an old one
 * ends the session: so only one tab at a time refreshes (Web Lock), and tells the others what it got (BroadcastChannel).
 */
import type { Session, User } from '@wordcloud/contracts';
import { errorFromAnswer, isApiError, offlineError } from './api-error.ts';

/** What a tab knows of the session. It is kept in memory only. */
export interface Grant {
  accessToken: string;
  /** Milliseconds since 1970, by this machine's clock. */
  expiresAt: number;
  user: User;
}

export type OutReason = 'left' | 'ended';

type Change = { kind: 'in'; grant: Grant } | { kind: 'out'; reason: OutReason };
type Message =
  | Change
  /** A tab begins to sign out, or could not after all: what the others hear from the server meanwhile comes of it. */
  | { kind: 'leaving'; isLeaving: boolean };

/** What comes of a change: a new grant, or none any more. `elsewhere`: another tab did it. */
export type AccessChange = Change & { elsewhere: boolean };

export interface AccessParts {
  fetch: typeof fetch;
  /** Undefined where the browser has none: on plain HTTP from another machine. */
  locks: Pick<LockManager, 'request'> | undefined;
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
  now: () => number;
}

const LOCK = 'wordcloud-refresh';
/** A token that runs out this soon is renewed before it is used. */
const SPARE_MS = 10_000;
/** How long a tab that waited for another one listens for what that one got. */
const HEAR_MS = 250;

export type Access = ReturnType<typeof createAccess>;

export function createAccess({ fetch, locks, channel, now }: AccessParts) {
  let grant: Grant | undefined;
  let refreshing: Promise<Grant> | undefined;
  /** Signing out has begun: here, or in another tab. */
  let isLeaving = false;
  let isLeavingElsewhere = false;
  const listeners = new Set<(change: AccessChange) => void>();

  const tell = (message: Message) => channel.postMessage(message);

  function change(next: Change, elsewhere: boolean): void {
    grant = next.kind === 'in' ? next.grant : undefined;
    isLeavingElsewhere = false;
    if (!elsewhere) tell(next);
    for (const listener of [...listeners]) listener({ ...next, elsewhere });
  }
  channel.addEventListener('message', ({ data }) => {
    const message = data as Message;
    if (message.kind === 'leaving') isLeavingElsewhere = message.isLeaving;
    // Who is signing out says so as soon as it is done.
    else if (message.kind === 'in' || !isLeaving) change(message, true);
  });

  /** The server has said that there is no session any more. While some tab is signing out, that was the wish. */
  function end(): void {
    if (isLeaving) return;
    if (isLeavingElsewhere) change({ kind: 'out', reason: 'left' }, true);
    else change({ kind: 'out', reason: 'ended' }, false);
  }

  const locked = <T>(work: (waited: boolean) => Promise<T>): Promise<T> => {
    if (locks === undefined) return work(false);
    return locks
      .request(LOCK, { ifAvailable: true }, async (lock) => (lock === null ? undefined : { result: await work(false) }))
      .then((done) => (done === undefined ? locks.request(LOCK, () => work(true)) : done.result)) as Promise<T>;
  };

  async function post(path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(path, {
      method: 'POST',
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw offlineError(error);
    });
    if (!answer.ok) throw errorFromAnswer(answer.status, await answer.text(), (name) => answer.headers.get(name));
    return answer;
  }

  async function begin(answer: Response): Promise<Grant> {
    const { accessToken, expiresIn, user } = (await answer.json()) as Session;
    const next = { accessToken, expiresAt: now() + expiresIn * 1000, user };
    change({ kind: 'in', grant: next }, false);
    return next;
  }

  /** The first change that another tab tells, or undefined when none does in time. */
  const heard = () =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        listeners.delete(done);
        resolve();
      };
      const timer = setTimeout(done, HEAR_MS);
      listeners.add(done);
    });

  async function renew(stale: Grant | undefined, waited: boolean): Promise<Grant> {
    if (waited && grant === stale) await heard();
    if (grant !== undefined && grant !== stale) return grant;
    try {
      return await begin(await post('/api/auth/refresh'));
    } catch (error) {
      if (isApiError(error, 'SESSION_ENDED', 'CROSS_SITE')) end();
      throw error;
    }
  }

  return {
    get grant(): Grant | undefined {
      return grant;
    },

    /** Calls the listener on every change; the answer ends that. */
    onChange(listener: (change: AccessChange) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /**
     * Renews the token, once for all who ask at the same time, here and in other tabs.
     *
     * @throws ApiError SESSION_ENDED when there is no session; others when nobody could say
     */
    refresh(): Promise<Grant> {
      // What is stale is known now: while this tab waits for the lock, another one may replace it.
      const stale = grant;
      refreshing ??= locked((waited) => renew(stale, waited)).finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },

    /** The token for a request, renewed when it has run out; undefined for who is signed out. */
    async token(): Promise<string | undefined> {
      if (grant === undefined) return undefined;
      if (grant.expiresAt - now() > SPARE_MS) return grant.accessToken;
      return (await this.refresh()).accessToken;
    },

    /** @throws ApiError BAD_CREDENTIALS, TOO_MANY_ATTEMPTS */
    logIn: (username: string, password: string): Promise<Grant> =>
      locked(async () => begin(await post('/api/auth/login', { username, password }))),

    /** Ends the session for all tabs. @throws ApiError when the server could not be told: the session goes on */
    logOut: (): Promise<void> =>
      locked(async () => {
        const token = grant?.accessToken;
        isLeaving = true;
        tell({ kind: 'leaving', isLeaving });
        try {
          const answer = await fetch('/api/auth/logout', {
            method: 'POST',
            ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
          }).catch((error: unknown) => {
            throw offlineError(error);
          });
          if (!answer.ok && answer.status !== 401) {
            throw errorFromAnswer(answer.status, await answer.text(), (name) => answer.headers.get(name));
          }
          change({ kind: 'out', reason: 'left' }, false);
        } catch (error) {
          tell({ kind: 'leaving', isLeaving: false });
          throw error;
        } finally {
          isLeaving = false;
        }
      }),

    /** The server says that the session of this token is over. A token that has been replaced meanwhile says nothing. */
    ended(token: string): void {
      if (grant?.accessToken === token) end();
    },
  };
}

/** The access of this tab, made when it is first asked for. */
let access: Access | undefined;
export function useAccess(): Access {
  access ??= createAccess({
    fetch: (...request) => fetch(...request),
    locks: navigator.locks,
    channel: new BroadcastChannel('wordcloud-session'),
    now: Date.now,
  });
  return access;
}
