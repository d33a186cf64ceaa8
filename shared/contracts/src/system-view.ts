/** What the System page shows: the system as one bff sees it. */
import Type, { type Static } from 'typebox';
import { ActiveFault, CallLoad, InstanceLink } from './instance-contract.ts';
import { Nullable } from './task.ts';

const InstanceStatus = Type.Enum(['up', 'suspect', 'draining', 'gone']);

export const SystemInstance = Type.Object({
  id: Type.String(),
  service: Type.String(),
  baseUrl: Type.String(),
  status: InstanceStatus,
  since: Type.String({ format: 'date-time', description: 'When this bff learned of the status' }),
  changes: Type.Array(Type.Object({ status: InstanceStatus, at: Type.String({ format: 'date-time' }) }), {
    description: 'The latest changes of the status, oldest first; the last is the present one',
  }),
  weight: Type.Number(),
  version: Type.String(),
  zone: Type.String(),
  uptimeSeconds: Nullable(Type.Integer()),
  load: Nullable(
    Type.Object(CallLoad.properties, { description: 'From the calls of this bff; null where it makes none' }),
  ),
});
export type SystemInstance = Static<typeof SystemInstance>;

/** Who calls whom: this bff, and the makers that said so lately. */
export const SystemLink = Type.Object({
  from: Type.String({ description: 'Id of the instance that calls' }),
  ...InstanceLink.properties,
  at: Type.String({ format: 'date-time', description: 'When it was so: what is counted, is counted until then' }),
});
export type SystemLink = Static<typeof SystemLink>;

/** A fault of the demonstration at one instance. */
export const SystemFault = Type.Object({ instance: Type.String(), ...ActiveFault.properties });
export type SystemFault = Static<typeof SystemFault>;

export const SystemView = Type.Object({
  self: Type.Object({ service: Type.String(), id: Nullable(Type.String()) }),
  registries: Type.Array(Type.Object({ mode: Type.String(), away: Type.Boolean() })),
  clients: Type.Array(Type.Object({ service: Type.String(), balancing: Type.String(), retriesLeft: Type.Number() })),
  instances: Type.Array(SystemInstance),
  links: Type.Array(SystemLink),
  faults: Type.Object({
    enabled: Type.Boolean({ description: 'With DEMO_FAULTS, `POST /api/system/faults` injects faults' }),
    active: Type.Array(SystemFault),
  }),
  consoles: Type.Array(Type.Object({ name: Type.String(), url: Type.String() })),
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
