import { resolveConfig } from '../src/config.ts';
import type { Emit } from '../src/events.ts';
import { Membership } from '../src/membership/membership.ts';
import type { MemberlistOptions } from '../src/options.ts';
import { createWarner } from '../src/protocol/context.ts';
import { createRandom } from '../src/simulation/random.ts';
import { VirtualClock } from '../src/simulation/virtual-clock.ts';
import { MessageType } from '../src/wire/message-types.ts';
import { type Alive, decodeAlive, decodeDead, decodeSuspect } from '../src/wire/messages.ts';

export const VSN = Uint8Array.of(1, 5, 2, 0, 0, 0);

/** The word that a node lives, on 127.0.0.1:7946 unless said otherwise. */
export const aliveMessage = (node: string, incarnation: number, more: Partial<Alive> = {}): Alive => ({
  node,
  incarnation,
  addr: Uint8Array.of(127, 0, 0, 1),
  port: 7946,
  meta: null,
  vsn: VSN,
  ...more,
});

/** The rules by themselves: no network, time that stands still, what is emitted and queued written down. */
export function createRig(options: MemberlistOptions = {}) {
  const clock = new VirtualClock();
  const config = resolveConfig({ name: 'me', clock, random: createRandom(1), ...options });
  const events: string[] = [];
  const emit: Emit = (event, ...args) => {
    const [subject, reason] = args as unknown as [{ name?: string; code?: string }, unknown];
    events.push([event, subject.name ?? subject.code, reason].filter((part) => typeof part === 'string').join(' '));
  };
  const membership = new Membership(config, emit, createWarner(config, emit));
  membership.announceSelf({ address: '10.0.0.1', port: 7946, mapped: false });
  membership.queue.clear();
  events.length = 0;
  return {
    clock,
    config,
    events,
    membership,
    state: (name: string) => membership.table.get(name)?.state,
    /** What waits to be gossiped, in words, and takes it out. */
    queued(): string[] {
      const messages = membership.queue.take(0, 1e6);
      membership.queue.clear();
      return messages.map(describeMessage).sort();
    },
  };
}

function describeMessage(message: Buffer): string {
  if (message[0] === MessageType.alive) {
    const { node, incarnation } = decodeAlive(message);
    return `alive ${node} ${incarnation}`;
  }
  const isSuspect = message[0] === MessageType.suspect;
  const { node, incarnation, from } = isSuspect ? decodeSuspect(message) : decodeDead(message);
  return `${isSuspect ? 'suspect' : 'dead'} ${node} ${incarnation} from ${from}`;
}
