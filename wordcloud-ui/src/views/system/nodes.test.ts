import { describe, expect, it } from 'vitest';
import { nodesOf, shortName } from './nodes.ts';
import { makeInstance, makeLink, makeView, momentOf } from './view-fixture.ts';

const now = Date.parse(momentOf(0));

describe('nodesOf', () => {
  it('callers left of who is called, services in their order, ids within', () => {
    const names = ['seg-2', 'maker-1', 'user-1', 'seg-1', 'task-1', 'bff-1'];
    const nodes = nodesOf(makeView({ instances: names.map((name) => makeInstance(name)) }), now);
    expect(nodes.map(({ label, column }) => `${column} ${label}`)).toEqual([
      ...['0 bff-1', '1 user-1', '1 task-1', '1 maker-1', '2 seg-1', '2 seg-2'],
    ]);
    expect(nodes.map(({ isSelf }) => isSelf)).toEqual([true, false, false, false, false, false]);
  });

  it('in no registry – who is called, and the bff itself, are there all the same', () => {
    const view = makeView({
      self: { service: 'wordcloud-bff', id: null },
      links: [makeLink('maker-1 seg-1')],
    });
    const nodes = nodesOf(view, now);
    expect(nodes.map(({ label, isSelf, status }) => [label, isSelf, status])).toEqual([
      ['bff', true, 'up'],
      ['seg-1', false, 'up'],
    ]);
  });

  it('gone – shown for half a minute', () => {
    const view = makeView({ instances: [makeInstance('seg-1', { status: 'gone' })] });
    expect(nodesOf(view, now + 30_000).map(({ label }) => label)).toContain('seg-1');
    expect(nodesOf(view, now + 30_001).map(({ label }) => label)).not.toContain('seg-1');
  });

  it('load – in flight for all callers; times of the one who calls most', () => {
    const latencyMs = { p50: 5, p95: 9, p99: 9 };
    const links = [
      makeLink('maker-1 seg-1', { calls: 3, inFlight: 1 }),
      makeLink('maker-2 seg-1', { calls: 8, inFlight: 2, latencyMs }),
    ];
    expect(nodesOf(makeView({ links }), now).at(-1)).toMatchObject({ inFlight: 3, p50: 5, p95: 9 });
    expect(nodesOf(makeView(), now)[0]).toMatchObject({ inFlight: 0, p50: undefined, p95: undefined });
  });
});

it.each([
  ['wordcloud-seg-1/wordcloud-seg', 'seg-1'],
  ['alpha/wordcloud-seg', 'seg alpha'],
  ['wordcloud-seg@http://127.0.0.1:6063', 'seg 127.0.0.1:6063'],
  ['wordcloud-bff', 'bff'],
])('shortName: %s – %s', (id, name) => {
  expect(shortName(id)).toBe(name);
});
