/** The instances as the picture shows them: each with its place in the chain of calls and what its callers know of it. */
import type { SystemInstance, SystemLink, SystemView } from '@wordcloud/contracts';

/** Who went away is shown for so long, so that its going is seen. */
const GONE_SHOWN_MS = 30_000;

/** Who calls stands left of who is called. */
const COLUMNS: Record<string, number> = {
  'wordcloud-bff': 0,
  'wordcloud-user': 1,
  'wordcloud-task': 1,
  'wordcloud-maker': 1,
  'wordcloud-seg': 2,
};
const OTHER_COLUMN = 1;
/** From above to below within a column. */
const ORDER = ['wordcloud-bff', 'wordcloud-user', 'wordcloud-task', 'wordcloud-maker', 'wordcloud-seg'];

export interface SystemNode {
  id: string;
  service: string;
  /** Short: `seg-1`. */
  label: string;
  /** 0 is left. */
  column: number;
  /** `up` for who is in no registry and yet is called, or answers. */
  status: SystemInstance['status'];
  /** Undefined for who is in no registry. */
  instance: SystemInstance | undefined;
  /** The bff that this view comes from. */
  isSelf: boolean;
  /** Of all who call it. */
  inFlight: number;
  /** Undefined while nobody has called it. */
  p50: number | undefined;
  p95: number | undefined;
}

/** @returns in the order of columns, services and ids */
export function nodesOf({ self, instances, links }: SystemView, now: number): SystemNode[] {
  const selfId = self.id ?? self.service;
  const known = new Map(instances.map((one) => [one.id, one]));
  const services = new Map<string, string>([[selfId, self.service]]);
  for (const { to, service } of links) services.set(to, service);
  for (const { id, service, status, since } of instances) {
    if (status === 'gone' && now - Date.parse(since) > GONE_SHOWN_MS) services.delete(id);
    else services.set(id, service);
  }
  return [...services]
    .map(([id, service]) => {
      const instance = known.get(id);
      return {
        ...{ id, service, instance, isSelf: id === selfId },
        label: shortName(id),
        column: COLUMNS[service] ?? OTHER_COLUMN,
        status: instance?.status ?? 'up',
        ...loadOf(links.filter(({ to }) => to === id)),
      };
    })
    .toSorted((a, b) => a.column - b.column || rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

/** `wordcloud-seg-1/wordcloud-seg` is `seg-1`, `a/wordcloud-seg` is `seg a`, `wordcloud-seg@http://127.0.0.1:6063` is `seg 127.0.0.1:6063`. */
export function shortName(id: string): string {
  const [node = '', service] = id.split('/wordcloud-');
  const name = node.replace(/^wordcloud-/, '').replace(/@(https?:\/\/)?/, ' ');
  return service === undefined || name.startsWith(service) ? name : `${service} ${name}`;
}

function rank({ service }: { service: string }): number {
  const index = ORDER.indexOf(service);
  return index === -1 ? ORDER.length : index;
}

/** The one who calls it most knows best how long it takes. */
function loadOf(links: readonly SystemLink[]): Pick<SystemNode, 'inFlight' | 'p50' | 'p95'> {
  const [most] = links.toSorted((a, b) => b.calls - a.calls);
  return {
    inFlight: links.reduce((sum, link) => sum + link.inFlight, 0),
    p50: most?.latencyMs.p50 ?? undefined,
    p95: most?.latencyMs.p95 ?? undefined,
  };
}
