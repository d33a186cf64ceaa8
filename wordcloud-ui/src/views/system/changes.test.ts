import type { SystemInstance, SystemView } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { changesBetween } from './changes.ts';
import { shortName } from './nodes.ts';
import { makeInstance, makeLink, makeView, momentOf } from './view-fixture.ts';

type Status = SystemInstance['status'];

/** A seg with a history of statuses, one a second. */
function seg(...statuses: Status[]): SystemInstance {
  const changes = statuses.map((status, second) => ({ status, at: momentOf(second) }));
  return makeInstance('seg-1', { changes, status: statuses.at(-1)! });
}

const told = (before: Partial<SystemView>, after: Partial<SystemView>) =>
  changesBetween(makeView(before), makeView(after), shortName).map(({ kind, names }) =>
    [kind, ...Object.values(names)].join(' '),
  );
const toldOf = (before: SystemInstance[], after: SystemInstance[]) => told({ instances: before }, { instances: after });

describe('changesBetween', () => {
  it('nothing – nothing is told', () => {
    const view = { instances: [seg('up')], links: [makeLink('maker-1 seg-1', { breaker: 'open' })] };
    expect(told(view, view)).toEqual([]);
  });

  it('instances – come, do not answer, recover, leave', () => {
    expect(toldOf([], [seg('up')])).toEqual(['came seg-1']);
    expect(toldOf([seg('up')], [seg('up', 'suspect')])).toEqual(['suspect seg-1']);
    expect(toldOf([seg('up', 'suspect')], [seg('up', 'suspect', 'up')])).toEqual(['recovered seg-1']);
    expect(toldOf([seg('up')], [seg('up', 'draining')])).toEqual(['draining seg-1']);
  });

  it('several changes between two views – all of them, in order', () => {
    const after = seg('up', 'draining', 'gone', 'up');
    expect(toldOf([seg('up')], [after])).toEqual(['draining seg-1', 'gone seg-1', 'came seg-1']);
  });

  it('another process under the same id – started anew', () => {
    expect(toldOf([seg('up')], [seg('up', 'up')])).toEqual(['restarted seg-1']);
  });

  it('breakers – open, try, close; one that is new and open, too', () => {
    const link = (breaker: 'closed' | 'half-open' | 'open') => ({ links: [makeLink('maker-1 seg-1', { breaker })] });
    expect(told(link('closed'), link('open'))).toEqual(['opened maker-1 seg-1']);
    expect(told(link('open'), link('half-open'))).toEqual(['probing maker-1 seg-1']);
    expect(told(link('half-open'), link('closed'))).toEqual(['closed maker-1 seg-1']);
    expect(told({}, link('open'))).toEqual(['opened maker-1 seg-1']);
  });

  it('faults – begin and end; of who went meanwhile, no end', () => {
    const instance = seg('up');
    const slow = { instance: instance.id, kind: 'slow' as const, ms: 2_000, share: null, leftMs: 9 };
    const fail = { ...slow, kind: 'fail' as const, ms: null, share: 0.5 };
    const instances = [instance];
    const faulty = { instances, faults: { enabled: true, active: [slow, fail] } };
    expect(told({ instances }, faulty)).toEqual(['slowed seg-1 2 0', 'failing seg-1 0 50']);
    expect(told(faulty, { instances, faults: { enabled: true, active: [slow] } })).toEqual(['healed seg-1']);
    expect(told(faulty, { instances: [seg('up', 'gone')] })).toEqual(['gone seg-1']);
  });

  it('refusals of a bulkhead – how many since', () => {
    const bulkhead = { workers: 1, running: 1, waiting: 0, queue: 0, maxWaitMs: 1 };
    const refused = (count: number) => ({ bulkheads: [{ name: 'requests', ...bulkhead, refused: count }] });
    expect(told(refused(2), refused(5))).toEqual(['refused 3 requests']);
    expect(told(refused(5), refused(0))).toEqual([]);
  });

  it('registries and Redis – away and back', () => {
    const registry = (away: boolean) => ({ registries: [{ mode: 'memberlist', away }] });
    expect(told(registry(false), registry(true))).toEqual(['registryAway memberlist']);
    expect(told(registry(true), registry(false))).toEqual(['registryBack memberlist']);
    const limiter = (backend: 'redis' | 'local') => ({ limiter: { backend, redis: 'up' as const, limits: [] } });
    expect(told(limiter('redis'), limiter('local'))).toEqual(['limiterLocal']);
    expect(told(limiter('local'), limiter('redis'))).toEqual(['limiterShared']);
  });
});
