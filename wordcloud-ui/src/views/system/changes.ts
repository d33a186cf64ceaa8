/** What happened between two views of the system, as the log tells it. */
import type { SystemInstance, SystemLink, SystemView } from '@wordcloud/contracts';
import { linkKey } from './rates.ts';

export type Tone = 'neutral' | 'ok' | 'warn' | 'bad';

/** `kind` names the sentence in `system.event`, `names` what stands in it. */
export interface Change {
  kind: ChangeKind;
  tone: Tone;
  names: Record<string, string | number>;
}

export type ChangeKind =
  | 'came'
  | 'restarted'
  | 'suspect'
  | 'recovered'
  | 'draining'
  | 'gone'
  | 'opened'
  | 'probing'
  | 'closed'
  | 'refused'
  | 'slowed'
  | 'failing'
  | 'healed'
  | 'registryAway'
  | 'registryBack'
  | 'limiterLocal'
  | 'limiterShared'
  | 'rateLimited'
  | 'lost'
  | 'found';

/** @param name how an id is shown */
export function changesBetween(before: SystemView, after: SystemView, name: (id: string) => string): Change[] {
  return [
    ...instanceChanges(before.instances, after.instances, name),
    ...breakerChanges(before.links, after.links, name),
    ...faultChanges(before, after, name),
    ...refusals(before, after),
    ...registryChanges(before, after),
  ];
}

const STATUS_CHANGES: Record<SystemInstance['status'], [ChangeKind, Tone]> = {
  up: ['recovered', 'ok'],
  suspect: ['suspect', 'warn'],
  draining: ['draining', 'warn'],
  gone: ['gone', 'bad'],
};

/** Everything since the first view, also what began and ended between two. */
function instanceChanges(
  before: readonly SystemInstance[],
  after: readonly SystemInstance[],
  name: (id: string) => string,
): Change[] {
  const seenUntil = new Map(before.map(({ id, changes }) => [id, changes.at(-1)?.at ?? '']));
  return after.flatMap(({ id, changes }) =>
    changes.flatMap(({ status, at }, index): Change[] => {
      if (at <= (seenUntil.get(id) ?? '')) return [];
      const earlier = changes[index - 1]?.status ?? 'gone';
      const names = { instance: name(id) };
      if (status === 'up' && earlier === 'gone') return [{ kind: 'came', tone: 'ok', names }];
      // The same id, another process, and nobody saw the old one go.
      if (status === 'up' && earlier === 'up') return [{ kind: 'restarted', tone: 'ok', names }];
      const [kind, tone] = STATUS_CHANGES[status];
      return [{ kind, tone, names }];
    }),
  );
}

const BREAKER_CHANGES: Record<SystemLink['breaker'], [ChangeKind, Tone]> = {
  open: ['opened', 'bad'],
  'half-open': ['probing', 'warn'],
  closed: ['closed', 'ok'],
};

function breakerChanges(
  before: readonly SystemLink[],
  after: readonly SystemLink[],
  name: (id: string) => string,
): Change[] {
  const past = new Map(before.map((link) => [linkKey(link), link.breaker]));
  return after.flatMap((link): Change[] => {
    const old = past.get(linkKey(link)) ?? 'closed';
    if (old === link.breaker) return [];
    const [kind, tone] = BREAKER_CHANGES[link.breaker];
    return [{ kind, tone, names: { from: name(link.from), to: name(link.to) } }];
  });
}

function faultChanges(before: SystemView, after: SystemView, name: (id: string) => string): Change[] {
  const keyOf = ({ instance, kind }: SystemView['faults']['active'][number]) => `${kind} ${instance}`;
  const past = new Set(before.faults.active.map(keyOf));
  const present = new Set(after.faults.active.map(keyOf));
  const began = after.faults.active.filter((fault) => !past.has(keyOf(fault)));
  // One that was stopped meanwhile, or does not answer, is not well for that.
  const isUp = (id: string) => after.instances.some((one) => one.id === id && one.status === 'up');
  const ended = before.faults.active.filter((fault) => !present.has(keyOf(fault)) && isUp(fault.instance));
  return [
    ...began.map(({ instance, kind, ms, share }): Change => {
      const names = { instance: name(instance), seconds: (ms ?? 0) / 1_000, percent: Math.round((share ?? 0) * 100) };
      return { kind: kind === 'slow' ? 'slowed' : 'failing', tone: 'warn', names };
    }),
    ...ended.map(({ instance }): Change => ({ kind: 'healed', tone: 'ok', names: { instance: name(instance) } })),
  ];
}

function refusals(before: SystemView, after: SystemView): Change[] {
  return after.bulkheads.flatMap(({ name, refused }): Change[] => {
    const old = before.bulkheads.find((one) => one.name === name)?.refused ?? 0;
    return refused > old ? [{ kind: 'refused', tone: 'bad', names: { n: refused - old, bulkhead: name } }] : [];
  });
}

function registryChanges(before: SystemView, after: SystemView): Change[] {
  const changes = after.registries.flatMap(({ mode, away }): Change[] => {
    const old = before.registries.find((one) => one.mode === mode)?.away ?? false;
    if (old === away) return [];
    return [{ kind: away ? 'registryAway' : 'registryBack', tone: away ? 'bad' : 'ok', names: { mode } }];
  });
  const { backend } = after.limiter;
  if (backend === before.limiter.backend) return changes;
  const isLocal = backend === 'local';
  return [...changes, { kind: isLocal ? 'limiterLocal' : 'limiterShared', tone: isLocal ? 'warn' : 'ok', names: {} }];
}
