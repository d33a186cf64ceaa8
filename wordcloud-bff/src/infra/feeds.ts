/** The two feeds that every bff follows: ended sessions, and changed tasks. */
import type { Revocation, TaskChange } from '@wordcloud/contracts';
import type { Logger } from '@wordcloud/telemetry';
import type { EventHub } from '../domain/event-hub.ts';
import type { Feed } from '../domain/follow-feed.ts';
import type { TaskService, UserService } from '../domain/ports.ts';
import type { RevocationList } from '../domain/revocations.ts';

const WAIT_MS = 10_000;

/** From the beginning: a bff that starts must know what was revoked before. */
export function revocationFeed(users: UserService, revocations: RevocationList, logger: Logger): Feed<Revocation[]> {
  return {
    async read(after, signal) {
      const waitMs = after === undefined ? 0 : WAIT_MS;
      const { items, cursor } = await users.listRevocations({ query: { after: after ?? 0, waitMs } }, { signal });
      return { cursor, page: items };
    },
    onPage: (items) => revocations.add(items),
    onState: logState(logger, 'revocations'),
  };
}

/** From now on: what was before, pages read from the task service themselves. */
export function taskFeed(tasks: TaskService, hub: EventHub, logger: Logger): Feed<TaskChange[]> {
  return {
    async read(after, signal) {
      const query = after === undefined ? { limit: 1, waitMs: 0 } : { after, limit: 500, waitMs: WAIT_MS };
      const { changes, cursor } = await tasks.listChanges({ query }, { signal });
      return { cursor, page: changes };
    },
    onPage: (changes) => hub.publish(changes),
    onState: logState(logger, 'task changes'),
  };
}

function logState(logger: Logger, feed: string): NonNullable<Feed<never>['onState']> {
  let hasFollowed = false;
  return (state, error) => {
    if (state === 'following') {
      hasFollowed = true;
      logger.info({ feed }, 'following');
    } else if (!hasFollowed) logger.info({ feed }, 'waiting for the feed: its service is not up yet');
    else logger.warn({ feed, reason: (error as Error).message }, 'the feed is away; the last state holds');
  };
}
