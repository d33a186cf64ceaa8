/** What the System page shows: the system as one bff sees it. */
import Type, { type Static } from 'typebox';
import { Nullable } from './task.ts';

const Milliseconds = Nullable(Type.Number({ description: 'Milliseconds; null before the first call' }));

export const SystemInstance = Type.Object({
  id: Type.String(),
  service: Type.String(),
  baseUrl: Type.String(),
  status: Type.Enum(['up', 'suspect', 'draining', 'gone']),
  since: Type.String({ format: 'date-time', description: 'When this bff learned of the status' }),
  weight: Type.Number(),
  version: Type.String(),
  zone: Type.String(),
  uptimeSeconds: Nullable(Type.Integer()),
  load: Nullable(
    Type.Object(
      {
        breaker: Type.Enum(['closed', 'half-open', 'open']),
        inFlight: Type.Integer(),
        calls: Type.Integer(),
        faults: Type.Integer(),
        latencyMs: Type.Object({ p50: Milliseconds, p95: Milliseconds, p99: Milliseconds }),
      },
      { description: 'From the calls of this bff; null where it makes none' },
    ),
  ),
});
export type SystemInstance = Static<typeof SystemInstance>;

export const SystemView = Type.Object({
  self: Type.Object({ service: Type.String(), id: Nullable(Type.String()) }),
  registries: Type.Array(Type.Object({ mode: Type.String(), away: Type.Boolean() })),
  clients: Type.Array(Type.Object({ service: Type.String(), balancing: Type.String(), retriesLeft: Type.Number() })),
  instances: Type.Array(SystemInstance),
  bulkheads: Type.Array(
    Type.Object({
      name: Type.String(),
      workers: Type.Integer(),
      running: Type.Integer(),
      waiting: Type.Integer(),
      queue: Type.Integer(),
      maxWaitMs: Type.Number(),
      refused: Type.Integer({ description: 'Since the start' }),
    }),
  ),
  limiter: Type.Object({
    backend: Type.Enum(['redis', 'local']),
    redis: Type.Enum(['up', 'away', 'none']),
    limits: Type.Array(
      Type.Object({ scope: Type.String(), rate: Type.Number(), periodMs: Type.Number(), burst: Type.Integer() }),
    ),
  }),
});
export type SystemView = Static<typeof SystemView>;
