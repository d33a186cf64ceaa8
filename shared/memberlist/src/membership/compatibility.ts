import { NODE_STATES } from '../node.ts';
import type { NodeRecord } from '../wire/messages.ts';
import type { NodeEntry } from './node-entry.ts';

const VERSIONS = [
  { offset: 0, what: 'protocol version' },
  { offset: 3, what: 'delegate protocol version' },
];

/**
 * Finds out whether all nodes of two sides understand each other: each speaks a version that every living one understands.
 *
 * @returns what is wrong, in upstream's words, or undefined
 */
export function findIncompatibility(remote: readonly NodeRecord[], local: readonly NodeEntry[]): string | undefined {
  const living = [
    ...remote
      .filter(({ state, vsn }) => NODE_STATES[state] === 'alive' && vsn && vsn.length > 4)
      .map(({ vsn }) => vsn!),
    ...local.filter(({ state }) => state === 'alive').map(({ versions }) => versions),
  ];
  const everyone = [
    // Who says nothing of its versions speaks version 0.
    ...remote.map(({ name, vsn }) => ({ name, versions: vsn && vsn.length >= 6 ? vsn : new Uint8Array(6) })),
    ...local.map(({ name, versions }) => ({ name, versions })),
  ];
  for (const { offset, what } of VERSIONS) {
    let [min, max] = [0, 255];
    for (const versions of living) {
      min = Math.max(min, versions[offset]!);
      max = Math.min(max, versions[offset + 1]!);
    }
    for (const { name, versions } of everyone) {
      const current = versions[offset + 2]!;
      if (current < min || current > max) {
        return `Node '${name}' ${what} (${current}) is incompatible: [${min}, ${max}]`;
      }
    }
  }
  return undefined;
}
