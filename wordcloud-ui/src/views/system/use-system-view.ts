/** The system as it is now, asked each second while somebody looks, and what has become of it meanwhile. */
import type { SystemView } from '@wordcloud/contracts';
import { onMounted, onScopeDispose, type ShallowRef, shallowRef } from 'vue';
import { api, isApiError } from '@/api/http.ts';
import { type Change, changesBetween } from './changes.ts';
import { shortName } from './nodes.ts';
import { emptyLeast, readQuota } from './quota.ts';
import { type Rates, ratesOver } from './rates.ts';
import { addSample, type Trend } from './trends.ts';

const POLL_MS = 1_000;
/** An answer that takes longer is not waited for. */
const TIMEOUT_MS = 5_000;
const LOG_LENGTH = 60;
/** So many views make a rate, unless nobody has looked meanwhile. */
const RATE_VIEWS = 5;
const PAUSE_MS = 5_000;

export interface LogEntry {
  id: number;
  /** Milliseconds since 1970. */
  at: number;
  change: Change;
}

export interface LiveSystem {
  /** The latest answer; undefined before the first. */
  view: Readonly<ShallowRef<SystemView | undefined>>;
  /** When that was, in milliseconds since 1970. */
  seenAt: Readonly<ShallowRef<number>>;
  /** Why the latest question has failed. */
  error: Readonly<ShallowRef<unknown>>;
  rates: Readonly<ShallowRef<Rates>>;
  trends: Readonly<ShallowRef<readonly Trend[]>>;
  /** Newest first. */
  log: Readonly<ShallowRef<readonly LogEntry[]>>;
  /** Requests left, by scope of the limit. */
  quota: Readonly<ShallowRef<ReadonlyMap<string, number>>>;
  /** Tells of something that the views do not show. */
  note(change: Change): void;
  /** Asks now. */
  refresh(): Promise<void>;
}

export function useSystemView(): LiveSystem {
  const view = shallowRef<SystemView>();
  const seenAt = shallowRef(0);
  const error = shallowRef<unknown>();
  const rates = shallowRef<Rates>(new Map());
  const trends = shallowRef<readonly Trend[]>([]);
  const log = shallowRef<readonly LogEntry[]>([]);
  const quota = shallowRef<ReadonlyMap<string, number>>(new Map());
  const leaving = new AbortController();
  let history: SystemView['links'][] = [];
  let lastId = 0;
  let asking: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function note(...changes: Change[]): void {
    const entries = changes.map((change) => ({ id: ++lastId, at: Date.now(), change }));
    if (entries.length > 0) log.value = [...entries.toReversed(), ...log.value].slice(0, LOG_LENGTH);
  }

  function take(next: SystemView): void {
    const before = view.value;
    if (Date.now() - seenAt.value > PAUSE_MS) history = [];
    history = [...history, next.links].slice(-RATE_VIEWS);
    if (before) {
      rates.value = ratesOver(history);
      trends.value = addSample(trends.value, next.links, rates.value);
      note(...changesBetween(before, next, shortName));
    }
    view.value = next;
    seenAt.value = Date.now();
  }

  async function ask(): Promise<void> {
    const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      const answer = await api<Response>('GET', '/api/system', { raw: true, signal });
      const next = (await answer.json()) as SystemView;
      quota.value = readQuota(answer.headers.get('ratelimit'));
      if (error.value !== undefined) note({ kind: 'found', tone: 'ok', names: {} });
      error.value = undefined;
      take(next);
    } catch (reason) {
      if (leaving.signal.aborted) return;
      if (isApiError(reason, 'RATE_LIMITED')) {
        // Refused is answered: it is there, and says that one's own stock is empty.
        quota.value = emptyLeast(quota.value);
        return;
      }
      if (error.value === undefined) note({ kind: 'lost', tone: 'bad', names: {} });
      error.value = reason;
    }
  }

  function refresh(): Promise<void> {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  async function poll(): Promise<void> {
    clearTimeout(timer);
    if (document.hidden || leaving.signal.aborted) return;
    const began = performance.now();
    await refresh();
    clearTimeout(timer);
    if (!leaving.signal.aborted) timer = setTimeout(poll, Math.max(0, POLL_MS - (performance.now() - began)));
  }

  const onVisible = () => void poll();
  onMounted(() => {
    document.addEventListener('visibilitychange', onVisible);
    void poll();
  });
  onScopeDispose(() => {
    leaving.abort();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisible);
  });

  return { view, seenAt, error, rates, trends, log, quota, note, refresh };
}
