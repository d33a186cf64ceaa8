import { EventEmitter, on } from 'node:events';
import type { MemberlistEvents } from './events.ts';
import type { Node } from './node.ts';

/** One change of the membership. */
export interface MembershipChange {
  readonly type: 'join' | 'leave' | 'update' | 'suspect' | 'alive';
  readonly node: Node;
}

const CHANGES: readonly MembershipChange['type'][] = ['join', 'leave', 'update', 'suspect', 'alive'];

/** What is watched: a Memberlist. */
type Watched = EventEmitter<MemberlistEvents> & { members(): Node[] };

/** The members as joins first, then every change in its order, until the signal. */
export async function* watchMembers(list: Watched, signal: AbortSignal): AsyncGenerator<MembershipChange> {
  // One queue for all, or the order between kinds of events would be lost.
  const changes = new EventEmitter();
  const forwards = CHANGES.map((type) => [type, (node: Node) => void changes.emit('change', { type, node })] as const);
  for (const [type, forward] of forwards) list.on(type, forward);
  try {
    const queue = on(changes, 'change', { signal });
    for (const node of list.members()) yield { type: 'join', node };
    for await (const [change] of queue) yield change as MembershipChange;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    for (const [type, forward] of forwards) list.off(type, forward);
  }
}
