/** A gentle load by the signed-in user, so that there is something to see. What it makes, it deletes. */
import type { Task } from '@wordcloud/contracts';
import { onScopeDispose, reactive } from 'vue';
import { api, isApiError } from '@/api/http.ts';
import { deleteCloud, listClouds } from '@/api/tasks.ts';
import sample from './traffic-sample.txt?raw';

const LIST_MS = 200;
/** When answers are slow, no more lists than this wait for theirs: the page needs connections, too. */
const LISTS_AT_ONCE = 2;
const CLOUD_MS = 900;
/** So many of its clouds are there at once; the oldest goes first. */
const CLOUDS_KEPT = 5;
/** A flood ends after so many requests, or when so many of them were refused: that is enough to see it. */
const FLOOD = 1_500;
const REFUSALS = 50;
/** A browser has six connections to an origin over HTTP/1.1: one stays free for the page. */
const LANES = 5;

export interface Traffic {
  isRunning: boolean;
  isFlooding: boolean;
  sent: number;
  failed: number;
  clouds: number;
}

/**
 * @param title of its clouds
 * @param onRefused told how many requests of a flood were refused by the rate limit
 */
export function useTraffic(title: () => string, onRefused: (count: number) => void) {
  const traffic = reactive<Traffic>({ isRunning: false, isFlooding: false, sent: 0, failed: 0, clouds: 0 });
  const made: string[] = [];
  let isOver = false;
  let timers: ReturnType<typeof setInterval>[] = [];

  async function send<T>(request: () => Promise<T>): Promise<T | undefined> {
    traffic.sent += 1;
    try {
      return await request();
    } catch {
      traffic.failed += 1;
      return undefined;
    }
  }

  /** One after the other. What cannot be deleted now stays, and its title says what it is. */
  async function forget(count: number): Promise<void> {
    for (const id of made.splice(0, Math.max(0, count))) await deleteCloud(id).catch(() => {});
  }

  async function makeCloud(): Promise<void> {
    const seed = Math.floor(Math.random() * 1_000_000);
    const body = { text: sample, title: title(), top: 60, width: 600, height: 400, seed };
    const answer = await send(() => api<{ task: Task }>('POST', '/api/wordclouds', { body }));
    if (answer === undefined) return;
    traffic.clouds += 1;
    made.push(answer.task.id);
    await forget(traffic.isRunning ? made.length - CLOUDS_KEPT : made.length);
  }

  /** Skips a turn while as many as may be are under way. */
  function limited(most: number, work: () => Promise<unknown>): () => Promise<void> {
    let running = 0;
    return async () => {
      if (running >= most) return;
      running += 1;
      await work();
      running -= 1;
    };
  }

  const list = limited(LISTS_AT_ONCE, () => send(() => listClouds({ page: 1, pageSize: 10 })));
  const cloud = limited(1, makeCloud);

  function start(): void {
    if (traffic.isRunning) return;
    Object.assign(traffic, { isRunning: true, sent: 0, failed: 0, clouds: 0 });
    void cloud();
    timers = [setInterval(list, LIST_MS), setInterval(cloud, CLOUD_MS)];
  }

  function stop(): void {
    for (const timer of timers) clearInterval(timer);
    traffic.isRunning = false;
    void forget(made.length);
  }

  /** As fast as the browser can, until the rate limit refuses some. */
  async function flood(): Promise<void> {
    traffic.isFlooding = true;
    let left = FLOOD;
    let refused = 0;
    const lane = async () => {
      while (left > 0 && refused < REFUSALS && !isOver) {
        left -= 1;
        await api('GET', '/api/me').catch((error: unknown) => {
          if (isApiError(error, 'RATE_LIMITED')) refused += 1;
        });
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    traffic.isFlooding = false;
    if (refused > 0) onRefused(refused);
  }

  onScopeDispose(() => {
    isOver = true;
    stop();
  });
  return { traffic, start, stop, flood };
}
