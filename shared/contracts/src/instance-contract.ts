/** What each instance of an internal service answers besides its own contract: whom it calls, and faults for a demonstration. */
import Type, { type Static } from 'typebox';
import { defineContract } from './operation.ts';
import type { ServiceName } from './services.ts';
import { Nullable } from './task.ts';

const Milliseconds = Nullable(Type.Number({ description: 'Milliseconds; null before the first call' }));

/** How the calls of one process to one instance go. */
export const CallLoad = Type.Object({
  breaker: Type.Enum(['closed', 'half-open', 'open']),
  inFlight: Type.Integer(),
  calls: Type.Integer({ description: 'Since the caller knows the instance' }),
  faults: Type.Integer(),
  latencyMs: Type.Object({ p50: Milliseconds, p95: Milliseconds, p99: Milliseconds }),
});
export type CallLoad = Static<typeof CallLoad>;

/** Calls of the instance that answers to another one. */
export const InstanceLink = Type.Object({
  to: Type.String({ description: 'Id of the instance called' }),
  service: Type.String({ description: 'Its service' }),
  ...CallLoad.properties,
});
export type InstanceLink = Static<typeof InstanceLink>;

/** What a fault is and for how long; what is left out has a default, see `FAULT_DEFAULTS`. */
export const Fault = Type.Object(
  {
    kind: Type.Enum(['slow', 'fail', 'stop'], {
      description: 'slow: waits before it works; fail: answers INTERNAL; stop: the process ends as on SIGTERM',
    }),
    ms: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, description: 'slow: how long it waits' })),
    share: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'fail: of how many requests' })),
    seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 60, description: 'After which it ends by itself' })),
  },
  { additionalProperties: false },
);
export type Fault = Static<typeof Fault>;

export const FAULT_DEFAULTS = { ms: 2_000, share: 0.5, seconds: 20 } as const;

/** A fault that has not ended yet. */
export const ActiveFault = Type.Object({
  kind: Type.Enum(['slow', 'fail']),
  ms: Nullable(Type.Integer()),
  share: Nullable(Type.Number()),
  leftMs: Type.Integer({ description: 'Milliseconds until it ends by itself' }),
});
export type ActiveFault = Static<typeof ActiveFault>;

const ActiveFaults = Type.Object({ active: Type.Array(ActiveFault) });
/** Asked by a page that refreshes each second: who does not answer at once is left out. */
const quick = { status: 200, idempotent: true, timeoutMs: 300, attemptTimeoutMs: 300 } as const;

/** @param service whose instances are asked */
export const instanceContract = (service: ServiceName) =>
  defineContract(service, {
    getLinks: {
      ...quick,
      method: 'GET',
      path: '/links',
      summary: 'Whom this instance calls, and how that goes',
      reply: Type.Object({ links: Type.Array(InstanceLink) }),
      errors: [],
    },
    getFaults: {
      ...quick,
      method: 'GET',
      path: '/faults',
      summary: 'Faults injected here that have not ended; only with DEMO_FAULTS',
      reply: ActiveFaults,
      errors: [],
    },
    injectFault: {
      method: 'POST',
      path: '/faults',
      summary: 'Makes this instance slow, faulty or stop; only with DEMO_FAULTS',
      body: Fault,
      status: 200,
      reply: ActiveFaults,
      errors: ['INVALID_INPUT'],
      idempotent: false,
      timeoutMs: 2_000,
    },
    healFaults: {
      method: 'DELETE',
      path: '/faults',
      summary: 'Ends all faults here; only with DEMO_FAULTS',
      status: 204,
      errors: [],
      idempotent: true,
      timeoutMs: 2_000,
    },
  });
