import { describe, expect, it } from 'vitest';
import { aliveMessage, createRig, VSN } from '../../test/membership-rig.ts';
import { NODE_STATES } from '../node.ts';
import type { NodeRecord } from '../wire/messages.ts';

const suspicion = (node: string, incarnation: number, from = 'other') => ({ node, incarnation, from });

describe('alive', () => {
  it('of a new node – adds it, tells the application, and is passed on', () => {
    const { membership, events, queued, state } = createRig();
    membership.alive(aliveMessage('test', 1, { meta: Buffer.from('hi') }));
    expect([state('test'), membership.table.get('test')!.incarnation]).toEqual(['alive', 1]);
    expect(events).toEqual(['join test']);
    expect(queued()).toEqual(['alive test 1']);
  });

  it('of a suspect – an old one is ignored, a newer one revives it without a join', () => {
    const { membership, events, state, queued } = createRig();
    membership.alive(aliveMessage('test', 1));
    membership.suspect(suspicion('test', 1));
    membership.alive(aliveMessage('test', 1));
    expect(state('test')).toBe('suspect');
    queued();
    membership.alive(aliveMessage('test', 2));
    expect(state('test')).toBe('alive');
    expect(events).toEqual(['join test', 'suspect test', 'alive test']);
    expect(queued()).toEqual(['alive test 2']);
  });

  it('again with a higher incarnation – no event, and the time of the change stays', () => {
    const { membership, events, queued, clock } = createRig();
    membership.alive(aliveMessage('test', 1));
    const { changedAt } = membership.table.get('test')!;
    queued();
    clock.advance(500);
    membership.alive(aliveMessage('test', 2));
    expect(membership.table.get('test')).toMatchObject({ changedAt, incarnation: 2 });
    expect(events).toEqual(['join test']);
    expect(queued()).toEqual(['alive test 2']);
  });

  it('with other metadata – tells that', () => {
    const { membership, events } = createRig();
    membership.alive(aliveMessage('test', 1, { meta: Buffer.from('one') }));
    membership.alive(aliveMessage('test', 2, { meta: Buffer.from('two') }));
    expect(events).toEqual(['join test', 'update test meta']);
    expect(Buffer.from(membership.table.get('test')!.snapshot().meta).toString()).toBe('two');
  });

  it('about this node, and wrong – is refuted with a higher incarnation, own metadata kept', () => {
    const { membership, queued } = createRig({ meta: 'mine' });
    membership.alive(aliveMessage('me', 2, { addr: Uint8Array.of(10, 0, 0, 1), meta: Buffer.from('other') }));
    expect(Buffer.from(membership.self!.meta).toString()).toBe('mine');
    expect(membership.self!.incarnation).toBe(3);
    expect(queued()).toEqual(['alive me 3']);
    expect(membership.awareness.score).toBe(1);
  });

  it('about this node, an echo of its own – nothing', () => {
    const { membership, queued } = createRig();
    membership.alive(aliveMessage('me', 1, { addr: Uint8Array.of(10, 0, 0, 1) }));
    expect(queued()).toEqual([]);
  });

  it.each([
    ['Vsn of zeros', Uint8Array.of(0, 0, 0, 0, 0, 0)],
    ['least above greatest', Uint8Array.of(5, 1, 2, 0, 0, 0)],
  ])('with %s – is ignored', (_, vsn) => {
    const { membership, state } = createRig();
    membership.alive(aliveMessage('test', 1, { vsn }));
    expect(state('test')).toBeUndefined();
  });

  it('of an address that is none – is ignored', () => {
    const { membership, state } = createRig();
    membership.alive(aliveMessage('test', 1, { addr: Uint8Array.of(1, 2, 3) }));
    expect(state('test')).toBeUndefined();
  });

  it('IPv4 in 16 bytes – is the same address, and goes on as it came', () => {
    const { membership, events } = createRig();
    const mapped = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 1);
    membership.alive(aliveMessage('test', 1, { addr: mapped }));
    membership.alive(aliveMessage('test', 2));
    expect(events).toEqual(['join test']);
    membership.alive(aliveMessage('test', 3, { addr: mapped }));
    expect(membership.table.get('test')!.record().addr).toEqual(mapped);
    expect(membership.table.get('test')!.snapshot().address).toBe('127.0.0.1');
  });

  it('the delegate throws – the node is not let in', () => {
    const beforeAlive = () => {
      throw new Error('no');
    };
    const { membership, state } = createRig({ delegate: { beforeAlive } });
    membership.alive(aliveMessage('test', 1));
    expect(state('test')).toBeUndefined();
  });

  it('outside of the allowed networks – is ignored, new or moving', () => {
    const { membership, state } = createRig({ allowedCidrs: ['10.0.0.0/8', '127.0.0.0/8'] });
    membership.alive(aliveMessage('rogue', 1, { addr: Uint8Array.of(192, 168, 0, 1) }));
    expect(state('rogue')).toBeUndefined();
    membership.alive(aliveMessage('test', 1));
    membership.dead(suspicion('test', 1, 'test'));
    membership.alive(aliveMessage('test', 2, { addr: Uint8Array.of(192, 168, 0, 1) }));
    expect(state('test')).toBe('left');
  });
});

describe('one name at two addresses', () => {
  const elsewhere = { addr: Uint8Array.of(127, 0, 0, 2) };

  it('while the first lives – a conflict, and nothing changes', () => {
    const { membership, events } = createRig();
    membership.alive(aliveMessage('test', 1));
    membership.alive(aliveMessage('test', 2, elsewhere));
    expect(events).toEqual(['join test', 'conflict test', 'warning NAME_CONFLICT']);
    expect(membership.table.get('test')).toMatchObject({ address: '127.0.0.1', incarnation: 1 });
  });

  it('the first is dead – only after the time to reclaim', () => {
    const { membership, clock, state } = createRig({ deadNodeReclaimMs: 100 });
    membership.alive(aliveMessage('test', 1));
    membership.dead(suspicion('test', 1));
    membership.alive(aliveMessage('test', 2, elsewhere));
    expect(state('test')).toBe('dead');
    clock.advance(101);
    membership.alive(aliveMessage('test', 2, elsewhere));
    expect(membership.table.get('test')).toMatchObject({ state: 'alive', address: '127.0.0.2' });
  });

  it('the first has left – at once, also with a lower incarnation', () => {
    const { membership, events } = createRig();
    membership.alive(aliveMessage('test', 5));
    membership.dead(suspicion('test', 5, 'test'));
    membership.alive(aliveMessage('test', 1, elsewhere));
    expect(events).toEqual(['join test', 'leave test left', 'join test']);
    expect(membership.table.get('test')).toMatchObject({ state: 'alive', address: '127.0.0.2', incarnation: 1 });
  });
});

describe('suspect', () => {
  it('an unknown node – nothing', () => {
    const { membership, queued, events } = createRig();
    membership.suspect(suspicion('test', 1));
    expect([queued(), events]).toEqual([[], []]);
  });

  it('a living node – suspect, then dead by the timer, both gossiped', () => {
    const { membership, clock, state, queued, events } = createRig({ suspicionMult: 1, probeIntervalMs: 10 });
    membership.alive(aliveMessage('test', 1));
    queued();
    membership.suspect(suspicion('test', 1));
    expect(state('test')).toBe('suspect');
    expect(queued()).toEqual(['suspect test 1 from other']);
    clock.advance(10);
    expect(state('test')).toBe('dead');
    expect(queued()).toEqual(['dead test 1 from me']);
    expect(events).toEqual(['join test', 'suspect test', 'leave test failed']);
  });

  it('again from the same node – is not passed on again', () => {
    const { membership, queued } = createRig();
    for (const name of ['test', 'a', 'b', 'c']) membership.alive(aliveMessage(name, 1));
    membership.suspect(suspicion('test', 1));
    queued();
    membership.suspect(suspicion('test', 1));
    expect(queued()).toEqual([]);
    membership.suspect(suspicion('test', 1, 'a'));
    expect(queued()).toEqual(['suspect test 1 from a']);
  });

  it('an older incarnation – nothing', () => {
    const { membership, state } = createRig();
    membership.alive(aliveMessage('test', 10));
    membership.suspect(suspicion('test', 1));
    expect(state('test')).toBe('alive');
  });

  it('this node – is refuted above the accusation', () => {
    const { membership, queued, state } = createRig();
    membership.suspect(suspicion('me', 7));
    expect(state('me')).toBe('alive');
    expect(queued()).toEqual(['alive me 8']);
    expect(membership.awareness.score).toBe(1);
  });

  it('nobody is left to confirm – the shortest time, though the dead are still in the table', () => {
    const { membership, clock, state } = createRig({ suspicionMult: 3, probeIntervalMs: 1000 });
    for (const name of ['test', 'gone']) membership.alive(aliveMessage(name, 1));
    membership.dead(suspicion('gone', 1, 'gone'));
    membership.suspect(suspicion('test', 1));
    clock.advance(3_000);
    expect(state('test')).toBe('dead');
  });
});

/** Upstream's table of TestMemberList_ProbeNode_Suspect_Dogpile: multiplier 5, so three others should confirm. */
describe('the time to object', () => {
  it.each([
    { others: 1, confirmations: 0, ms: 500 },
    { others: 2, confirmations: 0, ms: 500 },
    { others: 3, confirmations: 0, ms: 500 },
    { others: 4, confirmations: 0, ms: 1000 },
    { others: 5, confirmations: 0, ms: 1000 },
    { others: 5, confirmations: 1, ms: 750 },
    { others: 5, confirmations: 2, ms: 604 },
    { others: 5, confirmations: 3, ms: 500 },
    { others: 5, confirmations: 4, ms: 500 },
  ])('$others others, $confirmations of them confirm – $ms ms', ({ others, confirmations, ms }) => {
    const { membership, clock, state } = createRig({
      probeIntervalMs: 100,
      suspicionMult: 5,
      suspicionMaxTimeoutMult: 2,
    });
    for (let i = 1; i <= others; i++) membership.alive(aliveMessage(`peer${i}`, 1));
    membership.suspect(suspicion('peer1', 1, 'me'));
    for (let i = 1; i <= confirmations; i++) membership.suspect(suspicion('peer1', 1, `peer${i + 1}`));
    clock.advance(ms - 2);
    expect(state('peer1')).toBe('suspect');
    clock.advance(2);
    expect(state('peer1')).toBe('dead');
  });
});

describe('dead', () => {
  it('an unknown node – nothing', () => {
    const { membership, queued } = createRig();
    membership.dead(suspicion('test', 1));
    expect(queued()).toEqual([]);
  });

  it('said by the node itself – it left, and may come back from another address at once', () => {
    const { membership, state, events, queued } = createRig();
    membership.alive(aliveMessage('test', 1));
    queued();
    membership.dead(suspicion('test', 1, 'test'));
    expect([state('test'), queued()]).toEqual(['left', ['dead test 1 from test']]);
    membership.alive(aliveMessage('test', 3, { addr: Uint8Array.of(127, 0, 0, 9) }));
    expect(events).toEqual(['join test', 'leave test left', 'join test']);
  });

  it('said by others – it failed; said twice or with an old incarnation – nothing', () => {
    const { membership, state, events, queued } = createRig();
    membership.alive(aliveMessage('test', 10));
    membership.dead(suspicion('test', 9));
    expect(state('test')).toBe('alive');
    membership.dead(suspicion('test', 10));
    queued();
    membership.dead(suspicion('test', 10));
    expect([state('test'), queued()]).toEqual(['dead', []]);
    expect(events).toEqual(['join test', 'leave test failed']);
  });

  it('an old word that it lives – does not raise the dead', () => {
    const { membership, state } = createRig();
    membership.alive(aliveMessage('test', 10));
    membership.dead(suspicion('test', 10));
    membership.alive(aliveMessage('test', 10));
    expect(state('test')).toBe('dead');
  });

  it('this node, which has not left – is refuted', () => {
    const { membership, queued, state } = createRig();
    membership.dead(suspicion('me', 1));
    expect([state('me'), queued()]).toEqual(['alive', ['alive me 2']]);
  });

  it('this node, which leaves – is gossiped, and news that it lives are ignored from then on', () => {
    const { membership, state, queued } = createRig();
    let finished = false;
    membership.leave(() => {
      finished = true;
    });
    expect(membership.queue.size).toBe(1);
    membership.alive(aliveMessage('me', 9, { addr: Uint8Array.of(10, 0, 0, 1) }));
    expect(state('me')).toBe('left');
    expect(queued()).toEqual(['dead me 1 from me']);
    expect(finished).toBe(true);
  });
});

describe('merge', () => {
  const record = (name: string, incarnation: number, state: (typeof NODE_STATES)[number]): NodeRecord => ({
    name,
    incarnation,
    state: NODE_STATES.indexOf(state),
    addr: Uint8Array.of(127, 0, 0, 1),
    port: 7946,
    meta: null,
    vsn: VSN,
  });

  it('a table – the living by incarnation, the dead only suspected, those who left believed', () => {
    const { membership, state, events } = createRig();
    for (const name of ['test1', 'test2', 'test3', 'test5']) membership.alive(aliveMessage(name, 1));
    membership.suspect(suspicion('test1', 1));
    events.length = 0;
    membership.merge([
      record('test1', 2, 'alive'),
      record('test2', 1, 'suspect'),
      record('test3', 1, 'dead'),
      record('test4', 2, 'alive'),
      record('test5', 1, 'left'),
      record('test6', 1, 'dead'),
    ]);
    expect(['test1', 'test2', 'test3', 'test4', 'test5', 'test6'].map(state)).toEqual([
      'alive',
      'suspect',
      'suspect',
      'alive',
      'left',
      undefined,
    ]);
    expect(events).toEqual(['alive test1', 'suspect test2', 'suspect test3', 'join test4', 'leave test5 left']);
  });

  it('a state that does not exist – is passed over', () => {
    const { membership, state } = createRig();
    membership.merge([{ ...record('test', 1, 'alive'), state: 9 }]);
    expect(state('test')).toBeUndefined();
  });
});

describe('coming back after leaving', () => {
  it('new metadata after leaving – wait for the return and bring nobody back', () => {
    const { membership, state, queued } = createRig();
    membership.leave(() => {});
    queued();
    let finished = false;
    membership.updateMeta(Buffer.from('new'), () => {
      finished = true;
    });
    expect([state('me'), queued(), finished]).toEqual(['left', [], true]);
    membership.announceSelf({ address: '10.0.0.1', port: 7946, mapped: false });
    expect([state('me'), Buffer.from(membership.self!.meta).toString()]).toEqual(['alive', 'new']);
  });

  it('announced again – alive with a higher incarnation', () => {
    const { membership, state, queued } = createRig();
    membership.leave(() => {});
    queued();
    membership.announceSelf({ address: '10.0.0.1', port: 7946, mapped: false });
    expect([state('me'), queued()]).toEqual(['alive', ['alive me 2']]);
  });
});
