/** Limits in a Redis, for all processes that share it. */
import { randomUUID } from 'node:crypto';
import { inSpan, type Logger, type SpanDescription } from '@wordcloud/telemetry';
import { Redis } from 'ioredis';
import type { Decision, Limit } from './gcra.ts';
import { GCRA_SCRIPT } from './gcra-script.ts';
import { parseRedisUrl } from './redis-url.ts';

export interface RedisLimiterOptions {
  /** `redis://user:password@host:6379/0` */
  url: string;
  logger: Logger;
  /** Milliseconds in which Redis must decide; default 50. */
  answerMs?: number | undefined;
}

export interface RedisLimiter {
  /** `host:port/db` */
  readonly address: string;
  /** False while Redis is away or slow; comes back by itself. Asking it then is in vain. */
  readonly isUp: boolean;
  /**
   * @param key who, within the scope
   * @throws Error when Redis has not decided in time; `isUp` is false then
   */
  allow(scope: string, key: string, limit: Limit, cost: number): Promise<Decision>;
  close(): void;
}

/** Until a connection stands, and until a connection that says nothing is given up. */
const CONNECT_MS = 1_000;
/** Until a connection is tried again: the first time, and at most. */
const RETRY_MS = [1_000, 2_000] as const;
/** What the probe asks about, in a scope that none of ours can have. */
const PROBE: Limit = { rate: 1_000, periodMs: 1_000, burst: 1_000 };

type Script = (key: string, rate: number, periodUs: number, burst: number, cost: number) => Promise<number[]>;

/** Connects in the background; nobody has to wait for it. @throws Error when the URL is wrong */
export function createRedisLimiter(options: RedisLimiterOptions): RedisLimiter {
  return new Connection(options);
}

class Connection implements RedisLimiter {
  readonly address: string;
  readonly #redis: Redis;
  readonly #script: Script;
  readonly #logger: Logger;
  readonly #answerMs: number;
  readonly #probeKey = randomUUID();
  readonly #describeSpan: () => SpanDescription;
  #isUp = false;
  /** So that coming and going are logged once each. */
  #isKnownAway = false;
  #isClosed = false;

  constructor({ url, logger, answerMs = 50 }: RedisLimiterOptions) {
    const { host, port, db, isTls, username, password } = parseRedisUrl(url);
    this.address = `${host}:${port}/${db}`;
    this.#logger = logger;
    this.#answerMs = answerMs;
    this.#describeSpan = () => describeScript(host, port, db);
    this.#redis = new Redis({
      ...{ host, port, db, ...(isTls && { tls: {} }) },
      ...(username && { username }),
      ...(password && { password }),
      // Integers are all that comes back, and the greeting of the newer protocol is one more thing to go wrong.
      protocol: 2,
      disableClientInfo: true,
      // A decision that cannot be made now is made elsewhere: nothing may wait for a connection, nothing be sent twice.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      // The probe finds out more.
      enableReadyCheck: false,
      maxRetriesPerRequest: 0,
      connectTimeout: CONNECT_MS,
      socketTimeout: CONNECT_MS,
      disconnectTimeout: 100,
      // Processes that lost it together should not come back together.
      retryStrategy: (attempt) => (attempt === 1 ? RETRY_MS[0] : RETRY_MS[1]) * (0.8 + 0.4 * Math.random()),
      scripts: { gcra: { lua: GCRA_SCRIPT, numberOfKeys: 1 } },
    });
    const { gcra } = this.#redis as Redis & { gcra: Script };
    this.#script = gcra.bind(this.#redis);
    this.#redis.on('error', (error) => this.#goAway(error));
    this.#redis.on('close', () => this.#goAway(new Error('the connection has ended')));
    this.#redis.on('ready', () => void this.#probe());
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  async allow(scope: string, key: string, limit: Limit, cost: number): Promise<Decision> {
    try {
      return await inSpan(this.#describeSpan, () => this.#decide(scope, key, limit, cost));
    } catch (error) {
      if (this.#isUp) this.#reconnect(error as Error);
      throw error;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#isUp = false;
    this.#redis.disconnect();
  }

  async #decide(scope: string, key: string, { rate, periodMs, burst }: Limit, cost: number): Promise<Decision> {
    const answer = this.#script(`go-doudou:rate:${scope}:${key}`, rate, periodMs * 1_000, burst, cost);
    const [allowed, remaining, retryAfterUs, resetAfterUs] = (await within(this.#answerMs, answer)) as FourNumbers;
    return {
      allowed,
      remaining,
      retryAfterMs: retryAfterUs === -1 ? -1 : retryAfterUs / 1_000,
      resetAfterMs: resetAfterUs / 1_000,
    };
  }

  /** Makes a decision as any other, which writes, too: a Redis that is full or only a copy would answer a ping. */
  async #probe(): Promise<void> {
    try {
      await this.#decide('', this.#probeKey, PROBE, 1);
    } catch (error) {
      this.#reconnect(error as Error);
      return;
    }
    if (this.#isClosed) return;
    this.#isUp = true;
    this.#isKnownAway = false;
    this.#logger.info({ redis: this.address }, 'Redis answers: limits are shared');
  }

  /** A connection that is slow may be dead: a new one, after a while, tells. */
  #reconnect(error: Error): void {
    this.#goAway(error);
    if (!this.#isClosed) this.#redis.disconnect(true);
  }

  /** Only the message is logged: errors of ioredis carry the command, and AUTH is one. */
  #goAway({ message, code }: NodeJS.ErrnoException): void {
    this.#isUp = false;
    if (this.#isKnownAway || this.#isClosed) return;
    this.#isKnownAway = true;
    // It is empty when several addresses of a host were tried.
    const reason = message || code;
    this.#logger.warn({ redis: this.address, reason }, 'Redis is away: each instance limits on its own');
  }
}

/**
 * Without keys and arguments: they name people.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/database/redis/
 */
function describeScript(host: string, port: number, db: number): SpanDescription {
  const attributes = {
    'db.system.name': 'redis',
    'db.operation.name': 'EVALSHA',
    'db.stored_procedure.name': 'gcra',
    'db.namespace': String(db),
    'server.address': host,
    'server.port': port,
  };
  return { name: 'EVALSHA gcra', kind: 'client', attributes };
}

type FourNumbers = [number, number, number, number];

/** @throws Error when it takes longer */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  // When the event loop was held up, the time is over before the answer that lies there has been read: that comes first.
  const timer = setTimeout(() => setImmediate(() => reject(new Error(`no answer in ${ms} ms`))), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
