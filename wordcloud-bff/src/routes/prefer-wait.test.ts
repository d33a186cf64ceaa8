import type { TaskChange, TaskRecord } from '@wordcloud/contracts';
import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { createEventHub } from '../domain/event-hub.ts';
import { preferredWaitMs, waitUntilFinished } from './prefer-wait.ts';

const requestWith = (prefer?: string) => ({ headers: { prefer } }) as unknown as FastifyRequest;
const task = (status: TaskRecord['status']) => ({ id: 't', ownerId: 'ada', status }) as TaskRecord;
const never = new AbortController().signal;
const unchanged = async () => task('waiting');
const change = (taskId: string, record: TaskRecord | null) =>
  ({ cursor: 1, taskId, ownerId: 'ada', task: record }) as TaskChange;

describe('preferredWaitMs', () => {
  it.each([
    [undefined, 0],
    ['wait=5', 5_000],
    ['wait="7"', 7_000],
    ['respond-async, wait=10', 10_000],
    ['wait=100000', 60_000],
    ['wait=-5', 0],
    ['wait=soon', 0],
    ['await=5', 0],
    ['return=minimal', 0],
  ])('%j – %i', (prefer, ms) => expect(preferredWaitMs(requestWith(prefer))).toBe(ms));
});

describe('waitUntilFinished', () => {
  it('nobody wants to wait – at once, without the task', async () => {
    expect(await waitUntilFinished(createEventHub(), task('succeeded'), 0, never, unchanged)).toBeUndefined();
  });

  it('finished before – at once', async () => {
    const done = task('succeeded');
    expect(await waitUntilFinished(createEventHub(), done, 1_000, never, unchanged)).toBe(done);
  });

  it('finishes – that state; other tasks and other states do not count', async () => {
    const hub = createEventHub();
    const waiting = waitUntilFinished(hub, task('waiting'), 10_000, never, unchanged);
    const done = task('failed');
    hub.publish([change('other', task('succeeded')), change('t', task('processing')), change('t', done)]);
    expect(await waiting).toBe(done);
  });

  it('finished before anybody listened – seen by reading once more', async () => {
    const done = task('succeeded');
    expect(await waitUntilFinished(createEventHub(), task('waiting'), 10_000, never, async () => done)).toBe(done);
  });

  it('the time is over, whether reading worked or not – without the task', async () => {
    for (const reread of [unchanged, () => Promise.reject(new Error('away'))]) {
      expect(await waitUntilFinished(createEventHub(), task('waiting'), 5, never, reread)).toBeUndefined();
    }
  });

  it('deleted – NOT_FOUND; the caller leaves – its reason', async () => {
    const hub = createEventHub();
    const waiting = waitUntilFinished(hub, task('waiting'), 10_000, never, unchanged);
    hub.publish([change('t', null)]);
    await expect(waiting).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const leaving = new AbortController();
    const left = waitUntilFinished(hub, task('waiting'), 10_000, leaving.signal, unchanged);
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
  });
});
