/** Limits on requests, answered as draft-ietf-httpapi-ratelimit-headers-11 says. */
import { ProblemError } from '@wordcloud/contracts';
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Decision, Limit } from './gcra.ts';
import { describeLimit } from './rate.ts';
import type { SharedLimiter } from './shared-limiter.ts';

export interface RateLimitOptions {
  /** What is limited, as `user`: names the policy in headers, keys and metrics. Letters, digits, `-` and `_`. */
  scope: string;
  rate: Limit;
  /** Who; undefined: this request is not limited. */
  keyOf(request: FastifyRequest): string | undefined;
}

/**
 * An onRequest hook that refuses requests above the rate with RATE_LIMITED, and says on each answer what is left. Several on one route add to
 * each other's headers; put the one that refuses most first, since what comes before a refusal has been counted.
 *
 * @throws RangeError when the scope is not a word
 */
export function rateLimit(limiter: SharedLimiter, { scope, rate, keyOf }: RateLimitOptions): onRequestHookHandler {
  if (!/^[\w-]+$/.test(scope)) throw new RangeError(`"${scope}" is not a scope; give letters, digits, - and _`);
  const policy = describePolicy(scope, rate);
  return async (request, reply) => {
    const key = keyOf(request);
    if (key === undefined) return;
    const decision = await limiter.allow(scope, key, rate);
    addItem(reply, 'ratelimit-policy', policy);
    addItem(reply, 'ratelimit', describeDecision(scope, decision));
    if (decision.retryAfterMs === -1) return;
    const retryAfterSeconds = wholeSeconds(decision.retryAfterMs);
    const detail = `Allowed for each ${scope} are ${describeLimit(rate)}; try again in ${retryAfterSeconds} s.`;
    throw new ProblemError('RATE_LIMITED', detail, { retryAfterSeconds });
  };
}

/** The burst is the quota; what it takes to fill up again is the window. Together they tell the rate. */
function describePolicy(scope: string, { rate, periodMs, burst }: Limit): string {
  return `"${scope}";q=${burst};w=${wholeSeconds((burst * periodMs) / rate)}`;
}

/** Until the quota is whole again, or after a refusal until `Retry-After`, which must not lie before the end of the window. */
function describeDecision(scope: string, { remaining, retryAfterMs, resetAfterMs }: Decision): string {
  return `"${scope}";r=${remaining};t=${wholeSeconds(retryAfterMs === -1 ? resetAfterMs : retryAfterMs)}`;
}

/** At least one: neither field knows less. */
const wholeSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

function addItem(reply: FastifyReply, name: string, item: string): void {
  const before = reply.getHeader(name);
  reply.header(name, before === undefined ? item : `${before}, ${item}`);
}
