import { Counter, Gauge, type Logger, type Metrics } from '@wordcloud/telemetry';
import type { Decision, Limit } from './gcra.ts';
import { createLocalLimiter } from './local-limiter.ts';
import { createRedisLimiter, type RedisLimiter } from './redis-limiter.ts';

export interface SharedLimiterOptions {
  /** `redis://user:password@host:6379/0`; left out or empty: limits hold within this process. */
  url?: string;
  logger: Logger;
  /** One limiter for each registry. */
  metrics: Pick<Metrics, 'registry'>;
  /** Milliseconds in which Redis must decide; default 50. */
  answerMs?: number;
  /** Milliseconds, any beginning, for limits within this process; default performance.now. */
  now?: () => number;
}

export interface SharedLimiter {
  /**
   * Counts what is about to happen, and says whether it may. Never fails and never waits long: when Redis does not answer in time, and
   * while it is away, limits hold within this process.
   *
   * @param scope what is limited, as `user` or `login`: a short word, the same for few limits
   * @param key who, within the scope
   * @param cost default 1; 0 looks only
   */
  allow(scope: string, key: string, limit: Limit, cost?: number): Promise<Decision>;
  state(): SharedLimiterState;
  close(): Promise<void>;
}

export interface SharedLimiterState {
  /** Who decides now. */
  backend: 'redis' | 'local';
  /** `host:port/db`; undefined: limits never leave this process. */
  redis: string | undefined;
  /** Keys that this process remembers. */
  localKeys: number;
}

/** Limits of all processes together through Redis, or of this one. @throws Error when the URL is wrong; it does not show it */
export function createSharedLimiter(options: SharedLimiterOptions): SharedLimiter {
  const { url, logger, metrics, answerMs, now } = options;
  const local = createLocalLimiter(now ? { now } : {});
  const redis = url ? createRedisLimiter({ url, logger, answerMs }) : undefined;
  const decisions = new Counter({
    name: 'rate_limiter_decisions_total',
    help: 'Decisions of the rate limiter, by scope, outcome (allowed, refused) and who decided (redis, local)',
    labelNames: ['scope', 'outcome', 'backend'],
    registers: [metrics.registry],
  });
  if (redis) measureRedis(redis, metrics);

  const decide = async (scope: string, key: string, limit: Limit, cost: number) => {
    if (redis?.isUp) {
      try {
        return { backend: 'redis', decision: await redis.allow(scope, key, limit, cost) };
      } catch {
        // Logged where it happened; the door stays open.
      }
    }
    return { backend: 'local', decision: local.allow(`${scope}:${key}`, limit, cost) };
  };

  return {
    async allow(scope, key, limit, cost = 1) {
      const { backend, decision } = await decide(scope, key, limit, cost);
      decisions.inc({ scope, outcome: decision.retryAfterMs === -1 ? 'allowed' : 'refused', backend });
      return decision;
    },
    state: () => ({ backend: redis?.isUp ? 'redis' : 'local', redis: redis?.address, localKeys: local.size }),
    async close() {
      redis?.close();
    },
  };
}

function measureRedis(redis: RedisLimiter, { registry }: Pick<Metrics, 'registry'>): void {
  new Gauge({
    name: 'rate_limiter_redis_up',
    help: 'Whether Redis decides: 1, or 0 while each instance limits on its own',
    registers: [registry],
    collect() {
      this.set(redis.isUp ? 1 : 0);
    },
  });
}
