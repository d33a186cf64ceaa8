/** The door: how often somebody may come in, and how many are inside at once. All of it is decided before any other service is called. */
import {
  addressKey,
  type Bulkhead,
  type Limit,
  rateLimit,
  type SharedLimiter,
  useBulkhead,
} from '@wordcloud/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Whoever routes traffic here must always get an answer. */
const PROBES = /^\/(healthz|readyz)$/;

export interface DoorLimits {
  limiter: SharedLimiter;
  /** Requests from one address, whoever sends them. */
  addressRate: Limit;
  /** Requests of one user, from wherever. */
  userRate: Limit;
  /** Requests that are worked on at once. */
  requests: Bulkhead;
  /** Uploads, which take as long as the line of their sender is slow: they must not take the places of the others. */
  uploads: Bulkhead;
}

/** First of all, before the token is looked at: whoever guesses tokens is limited, too. */
export function limitAddresses(app: FastifyInstance, { limiter, addressRate }: DoorLimits): void {
  const keyOf = ({ ip, routeOptions }: FastifyRequest) =>
    PROBES.test(routeOptions.url ?? '') ? undefined : addressKey(ip);
  app.addHook('onRequest', rateLimit(limiter, { scope: 'address', rate: addressRate, keyOf }));
}

/** After the token has been checked. */
export function limitUsers(app: FastifyInstance, { limiter, userRate }: DoorLimits): void {
  app.addHook('onRequest', rateLimit(limiter, { scope: 'user', rate: userRate, keyOf: ({ claims }) => claims?.sub }));
}

export const limitRequests = (app: FastifyInstance, { requests }: DoorLimits): void => useBulkhead(app, requests);

export const limitUploads = (app: FastifyInstance, { uploads }: DoorLimits): void => useBulkhead(app, uploads);
