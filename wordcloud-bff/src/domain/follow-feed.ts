/** Follows a feed of another service by cursor, for ever: long poll after long poll, with a pause after a failure. */
import { setTimeout as pause } from 'node:timers/promises';

export interface Feed<Page> {
  /** Reads what came after the cursor, waiting for it. `undefined`: from the beginning, or from now; the feed decides. */
  read(cursor: number | undefined, signal: AbortSignal): Promise<{ cursor: number; page: Page }>;
  onPage(page: Page): void;
  /** Reports the first failure of a row, and that it is over. */
  onState?(state: 'following' | 'away', error?: unknown): void;
}

/** Milliseconds between attempts while the other side is away: short, since a log-out must hold within a second. */
const PAUSE_MS = 300;

/** @returns when the signal aborts */
export async function followFeed<Page>(feed: Feed<Page>, signal: AbortSignal): Promise<void> {
  let cursor: number | undefined;
  let state: 'following' | 'away' | undefined;
  const enter = (next: 'following' | 'away', error?: unknown) => {
    if (state !== next) feed.onState?.(next, error);
    state = next;
  };
  while (!signal.aborted) {
    try {
      const answer = await feed.read(cursor, signal);
      cursor = answer.cursor;
      enter('following');
      feed.onPage(answer.page);
    } catch (error) {
      if (signal.aborted) return;
      enter('away', error);
      await pause(PAUSE_MS, undefined, { signal }).catch(() => {});
    }
  }
}
