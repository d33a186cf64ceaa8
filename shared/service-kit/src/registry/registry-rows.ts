import type { ServiceInstance } from '@wordcloud/discovery';
import { instanceAddress } from './instance-address.ts';
import type { InstanceRecord, RegistryStatus } from './registry-history.ts';

/** One instance, as page and JSON show it. */
export interface RegistryRow {
  readonly service: string;
  readonly id: string;
  /** Which registry knows it, or knew it last. */
  readonly mode: string;
  /** Empty where the base URL cannot be read, as the port is null then. */
  readonly host: string;
  readonly port: number | null;
  readonly baseUrl: string;
  readonly status: RegistryStatus;
  /** When this process learned of the status; ISO 8601, UTC. */
  readonly since: string;
  /** The latest changes of the status, oldest first; the last is the present one. */
  readonly changes: readonly { readonly status: RegistryStatus; readonly at: string }[];
  readonly weight: number;
  readonly version: string;
  readonly zone: string;
  /** Whole seconds since its process began, by its clock and ours; of one that is gone, until then; null where nobody said when it began. */
  readonly uptimeSeconds: number | null;
  readonly data: Readonly<Record<string, string>>;
}

/**
 * Rows in the order of service and id.
 *
 * @param now milliseconds since 1970
 */
export function registryRows(records: readonly InstanceRecord[], now: number): RegistryRow[] {
  return records
    .map((record) => rowOf(record, now))
    .toSorted((a, b) => compare(a.service, b.service) || compare(a.id, b.id));
}

function rowOf({ instance, status, since, changes }: InstanceRecord, now: number): RegistryRow {
  const { service, id, mode, baseUrl, weight, version, zone, data } = instance;
  const address = instanceAddress(baseUrl);
  return {
    service,
    id,
    mode,
    host: address?.host ?? '',
    port: address?.port ?? null,
    baseUrl,
    status,
    since: new Date(since).toISOString(),
    changes: changes.map((change) => ({ status: change.status, at: new Date(change.at).toISOString() })),
    weight,
    version,
    zone,
    uptimeSeconds: uptimeOf(instance, status === 'gone' ? since : now),
    data,
  };
}

/** The other machine's clock may be ahead of ours. */
function uptimeOf({ startedAt }: ServiceInstance, until: number): number | null {
  return startedAt === 0 ? null : Math.max(0, Math.floor((until - startedAt) / 1_000));
}

/** By code unit, so that every machine has the same order. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
