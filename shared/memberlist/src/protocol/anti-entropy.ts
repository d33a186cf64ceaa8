import type { Address } from '../addresses.ts';
import { MemberlistError } from '../errors.ts';
import { findIncompatibility } from '../membership/compatibility.ts';
import { nodeSnapshot, placeOf } from '../membership/node-entry.ts';
import { addressText, NODE_STATES } from '../node.ts';
import { type Exchange, exchange } from '../transport/exchange.ts';
import { encodePushPull, type NodeRecord } from '../wire/messages.ts';
import type { StreamMessage } from '../wire/stream.ts';
import type { Context } from './context.ts';

/** A full exchange of state: both sides' tables, and the application's bytes. */
export type PushPull = Extract<StreamMessage, { kind: 'pushPull' }>;

/** In large clusters full exchanges are rarer: twice the interval from 33 nodes on, three times from 65, and so on. */
export function pushPullScale(intervalMs: number, nodes: number): number {
  return nodes <= 32 ? intervalMs : intervalMs * (Math.ceil(Math.log2(nodes) - 5) + 1);
}

/** This node's side of an exchange. */
export function localState({ config, membership }: Context, join: boolean): Buffer {
  const { delegate, meter } = config;
  const message = encodePushPull({
    join,
    nodes: membership.table.entries.map((entry) => entry.record()),
    userState: Buffer.from(delegate.localState?.(join) ?? []),
  });
  meter.sample('size.local', message.length);
  return message;
}

/**
 * Takes over the other side's state.
 *
 * @throws MemberlistError INCOMPATIBLE_PROTOCOL, or JOIN_REFUSED by the delegate; nothing is taken over then
 */
export function mergeState({ config, membership, warn }: Context, { join, nodes, userState }: PushPull): void {
  const { delegate } = config;
  const records = nodes.map((record) => (record.port === 0 ? { ...record, port: config.bind.port } : record));
  const incompatibility = findIncompatibility(records, membership.table.entries);
  if (incompatibility !== undefined) {
    warn({ code: 'INCOMPATIBLE_PROTOCOL', message: incompatibility });
    throw new MemberlistError('INCOMPATIBLE_PROTOCOL', incompatibility);
  }
  if (join && delegate.beforeMerge) {
    try {
      delegate.beforeMerge(records.flatMap(described));
    } catch (cause) {
      throw new MemberlistError('JOIN_REFUSED', `the join is refused: ${(cause as Error).message}`, { cause });
    }
  }
  membership.merge(records);
  if (userState.length > 0) delegate.mergeRemoteState?.(userState, join);
}

/**
 * Exchanges the full state with a node; `done` is called once, unless it was cancelled.
 *
 * @param join whether this is a joining node's first
 */
export function pushPull(
  context: Context,
  to: Address,
  join: boolean,
  done: (error: Error | undefined) => void,
): Exchange {
  const { clock, meter, tcpTimeoutMs } = context.config;
  const started = clock.now();
  return exchange(context, to, localState(context, join), tcpTimeoutMs, (error, answer) => {
    let failure = error;
    try {
      if (answer) mergeState(context, expectPushPull(answer, to));
      meter.sample('pushPullNode', clock.now() - started);
    } catch (thrown) {
      failure = thrown as Error;
    }
    done(failure);
  });
}

function expectPushPull(answer: StreamMessage, to: Address): PushPull {
  if (answer.kind === 'pushPull') return answer;
  const where = addressText(to);
  if (answer.kind !== 'error') {
    throw new MemberlistError('BAD_REPLY', `${where} answered a push/pull with "${answer.kind}"`);
  }
  const isKey = /encrypt|decrypt/.test(answer.error);
  const hint = isKey ? ' (the keys of both nodes must be the same)' : '';
  throw new MemberlistError(isKey ? 'WRONG_KEY' : 'REMOTE_ERROR', `${where}: remote error: ${answer.error}${hint}`);
}

function described(record: NodeRecord) {
  const place = placeOf(record.addr, record.port);
  const state = NODE_STATES[record.state];
  if (!place || !state) return [];
  return nodeSnapshot({
    name: record.name,
    ...place,
    meta: record.meta ?? new Uint8Array(0),
    state,
    incarnation: record.incarnation,
    weight: 1,
    versions: record.vsn ?? new Uint8Array(0),
  });
}
