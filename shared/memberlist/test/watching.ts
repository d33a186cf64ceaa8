import type { Memberlist } from '../src/memberlist.ts';
import type { Node } from '../src/node.ts';

/** Writes down what a node tells: `join n2`, `leave n2 failed`, `suspect n2`, `warning UDP_UNREACHABLE`. */
export function watching(node: Memberlist): string[] {
  const seen: string[] = [];
  for (const event of ['join', 'suspect', 'alive'] as const)
    node.on(event, (other: Node) => seen.push(`${event} ${other.name}`));
  node.on('conflict', ({ name }) => seen.push(`conflict ${name}`));
  node.on('leave', ({ name }, reason) => seen.push(`leave ${name} ${reason}`));
  node.on('update', ({ name }, changed) => seen.push(`update ${name} ${changed}`));
  node.on('message', (payload, { via }) => seen.push(`${via} ${payload}`));
  node.on('warning', ({ code }) => seen.push(`warning ${code}`));
  return seen;
}

export const memberNames = (node: Memberlist): string[] =>
  node
    .members()
    .map(({ name }) => name)
    .toSorted();

/** Where to join a node. */
export const joinAddress = ({ bound }: Memberlist): string => `${bound.address}:${bound.port}`;
