import { defineContract, type Operation } from '@wordcloud/contracts';
import type { Channel, ChannelReply, ChannelRequest } from '@wordcloud/rpc';
import { describe, expect, it } from 'vitest';
import { createBulkhead } from './bulkhead.ts';
import { bulkheadChannel } from './bulkhead-channel.ts';

const read = { method: 'GET', summary: '', status: 200, errors: [], idempotent: true, timeoutMs: 1_000 } as const;
const { operations } = defineContract('wordcloud-maker', {
  draw: { ...read, path: '/draw' },
  news: { ...read, path: '/news', waits: true },
});
const REPLY: ChannelReply = { status: 204, headers: {}, text: '' };

const request = (operationId: keyof typeof operations, more: Partial<ChannelRequest> = {}): ChannelRequest => ({
  ...{ operationId, operation: operations[operationId] as Operation, path: '/', headers: {}, body: undefined },
  ...{ budgetMs: 1_000, signal: undefined, key: undefined, onAttempt: undefined, ...more },
});

/** A channel whose calls end when told. */
function make(clock = { now: 0 }) {
  const sent: (ChannelRequest & { answer(): void })[] = [];
  let isClosed = false;
  const slow: Channel = {
    send(call) {
      const { promise, resolve } = Promise.withResolvers<ChannelReply>();
      sent.push({ ...call, answer: () => resolve(REPLY) });
      return promise;
    },
    async close() {
      isClosed = true;
    },
  };
  const bulkhead = createBulkhead({ name: 'maker', workers: 1, queue: 1, maxWaitMs: 60_000 });
  const channel = bulkheadChannel(slow, bulkhead, () => clock.now);
  return { channel, bulkhead, sent, clock, isClosed: () => isClosed };
}

describe('bulkheadChannel', () => {
  it('a slow service – so many calls at once, the next when one ends, then OVERLOADED', async () => {
    const { channel, sent } = make();
    const [first, second] = [channel.send(request('draw')), channel.send(request('draw'))];
    await expect(channel.send(request('draw'))).rejects.toMatchObject({ code: 'OVERLOADED', sent: false });
    expect(sent).toHaveLength(1);
    sent[0]!.answer();
    expect(await first).toBe(REPLY);
    await expect.poll(() => sent.length).toBe(2);
    sent[1]!.answer();
    expect(await second).toBe(REPLY);
  });

  it('a long poll – passes by', async () => {
    const { channel, bulkhead, sent } = make();
    const polls = [1, 2, 3].map(() => channel.send(request('news')));
    expect(sent).toHaveLength(3);
    expect(bulkhead.state().running).toBe(0);
    for (const { answer } of sent) answer();
    await Promise.all(polls);
  });

  it('time spent waiting – is taken from the budget', async () => {
    const { channel, sent, clock } = make();
    const [first, second] = [channel.send(request('draw')), channel.send(request('draw', { budgetMs: 500 }))];
    await expect.poll(() => sent.length).toBe(1);
    clock.now += 120;
    sent[0]!.answer();
    await first;
    await expect.poll(() => sent[1]?.budgetMs).toBe(380);
    sent[1]!.answer();
    await second;
  });

  it('no time left at its turn – DEADLINE_EXCEEDED, not sent, and the place is free', async () => {
    const { channel, bulkhead, sent, clock } = make();
    const [first, second] = [channel.send(request('draw')), channel.send(request('draw', { budgetMs: 60_000 }))];
    await expect.poll(() => sent.length).toBe(1);
    clock.now += 60_000;
    sent[0]!.answer();
    await first;
    await expect(second).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED', sent: false });
    expect(sent).toHaveLength(1);
    expect(bulkhead.state().running).toBe(0);
  });

  it('a small budget – waits no longer than that', async () => {
    const { channel, bulkhead, sent } = make();
    const first = channel.send(request('draw'));
    await expect(channel.send(request('draw', { budgetMs: 5 }))).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(bulkhead.state().waiting).toBe(0);
    sent[0]!.answer();
    await first;
  });

  it('the caller goes while waiting – its reason', async () => {
    const { channel, sent } = make();
    const controller = new AbortController();
    const first = channel.send(request('draw'));
    const second = channel.send(request('draw', { signal: controller.signal }));
    controller.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    sent[0]!.answer();
    await first;
  });

  it('close – closes what is behind', async () => {
    const { channel, isClosed } = make();
    await channel.close();
    expect(isClosed()).toBe(true);
  });
});
