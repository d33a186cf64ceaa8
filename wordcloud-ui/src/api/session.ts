/** Who is signed in. The access token stays in memory, the refresh token is a cookie that no script sees. */
import type { User } from '@wordcloud/contracts';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { recall, remember } from '../storage.ts';
import { type OutReason, useAccess } from './access.ts';
import { isApiError, isAwayError } from './api-error.ts';
import { api } from './http.ts';
import { probeAlso, useReach } from './reach.ts';

/** Whether this browser may have a session. Without it a visitor's first page would begin with a refused request. */
const HINT = 'wordcloud-session';

/** A token is renewed this long before it runs out, or at three quarters of its life when that is short. */
const RENEW_BEFORE_MS = 30_000;

/** Nobody has said that there is no session: a later question may be answered. */
const mayPass = (error: unknown): boolean => isAwayError(error) || isApiError(error, 'RATE_LIMITED');

export const useSession = defineStore('session', () => {
  const access = useAccess();
  const reach = useReach();
  const user = shallowRef<User | null>(null);
  /** `unknown` until the server has been asked, and for as long as it is away meanwhile. */
  const status = ref<'unknown' | 'in' | 'out'>('unknown');
  /** Why the session is over, to be told in words; null when nobody was signed in, or who was has signed out here. */
  const ending = ref<OutReason | null>(null);
  let restoring: Promise<void> | undefined;
  let renewal: ReturnType<typeof setTimeout> | undefined;

  access.onChange((change) => {
    clearTimeout(renewal);
    if (change.kind === 'in') {
      const { grant } = change;
      user.value = grant.user;
      status.value = 'in';
      ending.value = null;
      remember(HINT, '1');
      const left = grant.expiresAt - Date.now();
      renewal = setTimeout(renew, Math.max(left - RENEW_BEFORE_MS, left * 0.75));
      return;
    }
    // A visitor who never was signed in has lost nothing, and why it ended is said once.
    if (status.value === 'in') ending.value = change.reason === 'left' && !change.elsewhere ? null : change.reason;
    user.value = null;
    status.value = 'out';
    remember(HINT, null);
  });

  function renew(): void {
    access.refresh().catch((error: unknown) => {
      if (mayPass(error)) void reach.doubt();
    });
  }

  // While the session cannot be renewed nobody can do much, so the user service counts as part of the whole.
  probeAlso(async () => {
    const isDue = status.value === 'unknown' || (access.grant !== undefined && access.grant.expiresAt < Date.now());
    if (!isDue) return;
    await access.refresh().catch((error: unknown) => {
      if (mayPass(error)) throw error;
    });
  });

  /** Asks the server, once, whether there is still a session. When it is away, `status` stays `unknown` until it is back. */
  function restore(): Promise<void> {
    if (recall(HINT) === null) status.value = 'out';
    if (status.value !== 'unknown') return Promise.resolve();
    restoring ??= access.refresh().then(
      () => {},
      (error: unknown) => {
        restoring = undefined;
        if (mayPass(error)) void reach.doubt();
        else if (status.value === 'unknown') status.value = 'out';
      },
    );
    return restoring;
  }

  return {
    user,
    status,
    ending,
    isAway: reach.isAway,
    restore,

    /** @throws ApiError BAD_CREDENTIALS, TOO_MANY_ATTEMPTS */
    async logIn(username: string, password: string): Promise<void> {
      await access.logIn(username, password);
    },

    /** Makes an account and signs in. @throws ApiError USERNAME_TAKEN, INVALID_INPUT */
    async signUp(username: string, password: string): Promise<void> {
      await api('POST', '/api/auth/signup', { body: { username, password } });
      await access.logIn(username, password);
    },

    /** @throws ApiError when the server could not be told: nobody is signed out then */
    logOut: (): Promise<void> => access.logOut(),
  };
});
