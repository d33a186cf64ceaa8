import { describe, expect, it } from 'vitest';
import { NODE_STATES, type NodeState } from '../node.ts';
import type { NodeRecord } from '../wire/messages.ts';
import { findIncompatibility } from './compatibility.ts';
import { NodeEntry } from './node-entry.ts';

type Versions = [min: number, max: number, current: number];
interface Peer {
  protocol: Versions;
  delegate: Versions;
  state?: NodeState;
}

const record = ({ protocol, delegate, state = 'alive' }: Peer, i: number): NodeRecord => ({
  name: `r${i}`,
  addr: Uint8Array.of(127, 0, 0, 1),
  port: 1,
  meta: null,
  incarnation: 1,
  state: NODE_STATES.indexOf(state),
  vsn: Uint8Array.of(...protocol, ...delegate),
});

function entry({ protocol, delegate, state = 'alive' }: Peer, i: number): NodeEntry {
  const made = new NodeEntry(`l${i}`, { address: '127.0.0.1', port: 1, mapped: false }, 0);
  made.versions = Uint8Array.of(...protocol, ...delegate);
  made.state = state;
  return made;
}

describe('findIncompatibility', () => {
  it.each([
    ['all speak the same', [[0, 2, 1]], [[0, 3, 1]], undefined],
    [
      'one speaks what another does not understand yet',
      [[0, 2, 2]],
      [[0, 1, 1]],
      'protocol version (2) is incompatible: [0, 1]',
    ],
    [
      'one speaks what another does not understand any more',
      [[0, 2, 0]],
      [[1, 2, 1]],
      'protocol version (0) is incompatible: [1, 2]',
    ],
    ['ranges that do not meet', [[0, 1, 1]], [[2, 3, 2]], 'protocol version (1) is incompatible: [2, 1]'],
    [
      'several that all understand what each speaks',
      [
        [0, 3, 2],
        [0, 2, 0],
      ],
      [
        [0, 2, 1],
        [0, 5, 0],
      ],
      undefined,
    ],
    [
      'a third that only some understand',
      [
        [0, 1, 0],
        [0, 2, 1],
      ],
      [[1, 3, 1]],
      'protocol version (0) is incompatible: [1, 1]',
    ],
  ] as [string, Versions[], Versions[], string | undefined][])(
    '%s – protocol and delegate, both directions',
    (_, ones, others, error) => {
      const fine: Versions = [1, 5, 2];
      for (const [here, there] of [
        [ones, others],
        [others, ones],
      ] as const) {
        const asProtocol = (versions: Versions): Peer => ({ protocol: versions, delegate: fine });
        const asDelegate = (versions: Versions): Peer => ({ protocol: fine, delegate: versions });
        const protocol = findIncompatibility(here.map(asProtocol).map(record), there.map(asProtocol).map(entry));
        const delegate = findIncompatibility(here.map(asDelegate).map(record), there.map(asDelegate).map(entry));
        if (error === undefined) expect([protocol, delegate]).toEqual([undefined, undefined]);
        else {
          expect(protocol).toMatch(/^Node '[rl]0' protocol version \(\d\) is incompatible: \[\d, \d\]$/);
          expect(delegate).toMatch(/^Node '[rl]0' delegate protocol version \(\d\) is incompatible: \[\d, \d\]$/);
        }
      }
      if (error)
        expect(
          findIncompatibility(
            ones.map((protocol, i) => record({ protocol, delegate: fine }, i)),
            others.map((protocol, i) => entry({ protocol, delegate: fine }, i)),
          ),
        ).toContain(error);
    },
  );

  it('a dead node that speaks something else – counts, its range does not', () => {
    const fine: Peer = { protocol: [1, 5, 2], delegate: [0, 0, 0] };
    const old: Peer = { protocol: [7, 7, 2], delegate: [0, 0, 0], state: 'dead' };
    expect(findIncompatibility([record(old, 0)], [entry(fine, 0)])).toBeUndefined();
    const strange: Peer = { ...old, protocol: [1, 5, 9] };
    expect(findIncompatibility([record(strange, 0)], [entry(fine, 0)])).toBe(
      "Node 'r0' protocol version (9) is incompatible: [1, 5]",
    );
  });

  it('a node that says nothing of its versions – speaks version 0, which nobody understands', () => {
    const fine = entry({ protocol: [1, 5, 2], delegate: [0, 0, 0] }, 0);
    const silent = { ...record({ protocol: [0, 0, 0], delegate: [0, 0, 0] }, 0), vsn: null };
    expect(findIncompatibility([silent], [fine])).toBe("Node 'r0' protocol version (0) is incompatible: [1, 5]");
  });
});
