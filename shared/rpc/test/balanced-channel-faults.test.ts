/** Instances that fail: they are left out, and come back. */
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  connect,
  createRandom,
  fails,
  hang,
  ok,
  problem,
  read,
  reset,
  serve,
  times,
  until,
  write,
} from './harness.ts';

/** One that hangs is given up soon. */
const shortRead = { ...read, attemptTimeoutMs: 200 };
/** Much slower than others, but in time. */
const slow: Answer = (request, response) => void setTimeout(ok, 250, request, response);
const soon = { 'retry-after': '1' };

const FAULTS: [string, Answer, typeof read][] = [
  ['answers 500', fails(500, problem('INTERNAL')), read],
  ['answers 503 with Retry-After, and nothing of ours', fails(503, '', soon), read],
  ['resets connections', reset, read],
  ['hangs', hang, shortRead],
  ['is much slower than the others', slow, read],
];

/** Three instances, the first of which fails until it is left out; all calls succeed. */
async function eject(answer: Answer, operation: typeof read, openMs: number) {
  const servers = [await serve(), await serve(), await serve()];
  const connected = await connect(
    servers.map((server, i) => server.as('abc'[i]!)),
    { breaker: { openMs } },
  );
  const { send, stateOf } = connected;
  const call = async (count: number) => {
    const replies = await Promise.all(times(count, () => send(operation)));
    expect(replies.filter(({ status }) => status !== 200)).toEqual([]);
  };
  // Enough to know how long a call takes elsewhere.
  await call(18);
  const bad = servers[0]!;
  bad.answer = answer;
  await until(async () => {
    await call(12);
    return stateOf('a')!.breaker !== 'closed';
  });
  return { ...connected, bad, servers, call };
}

describe('one of three', () => {
  it.each(FAULTS)('%s – it is left out, and no idempotent call fails', async (_name, answer, operation) => {
    const { bad, servers, call, stateOf, told } = await eject(answer, operation, 60_000);
    const before = bad.requests.length;
    await call(30);
    expect(bad.requests.length).toBe(before);
    expect(stateOf('a')).toMatchObject({ breaker: 'open', inFlight: 0 });
    expect(stateOf('b')).toMatchObject({ breaker: 'closed' });
    expect(told.filter((what) => what.startsWith('a '))).toEqual(['a open']);
    expect(servers[1]!.requests.length + servers[2]!.requests.length).toBeGreaterThan(30);
  });

  it.each(FAULTS)(
    '%s, and recovers – it comes back, and no idempotent call fails',
    async (_name, answer, operation) => {
      const { bad, call, stateOf, told } = await eject(answer, operation, 25);
      await until(async () => {
        await call(3);
        return told.includes('a half-open');
      });
      bad.answer = ok;
      await until(async () => {
        await call(3);
        return stateOf('a')!.breaker === 'closed';
      });
      const before = bad.requests.length;
      await call(30);
      expect(bad.requests.length).toBeGreaterThanOrEqual(before + 10);
    },
  );

  it('recovers – is a newcomer: with least-loaded-of-two it soon has its share', async () => {
    const clock = { now: 0 };
    const [a, b] = [await serve(reset), await serve()];
    const { send, stateOf } = await connect([a.as('a'), b.as('b')], {
      balancing: 'least-loaded-of-two',
      breaker: { openMs: 10, minimumCalls: 1 },
      warmUpMs: 1_000,
      now: () => clock.now,
      random: createRandom(1),
    });
    clock.now = 5_000;
    await until(async () => {
      await send(read);
      return stateOf('a')!.breaker !== 'closed';
    });
    a.answer = ok;
    await until(async () => {
      await send(read);
      return stateOf('a')!.breaker === 'closed';
    });
    // Meanwhile, what counted as a second of latency would have faded to 0.8 only.
    clock.now += 2_000;
    const before = a.requests.length;
    await Promise.all(times(40, () => send(read)));
    expect(a.requests.length - before).toBeGreaterThan(10);
  });

  it('is overloaded – is no fault: others are asked, also for what is not idempotent', async () => {
    const [a, b] = [await serve(fails(503, problem('OVERLOADED'), soon)), await serve()];
    const { send, stateOf } = await connect([a.as('a'), b.as('b')]);
    for (const operation of [read, write]) {
      const replies = await Promise.all(times(20, () => send(operation)));
      expect(replies.every(({ status }) => status === 200)).toBe(true);
    }
    expect(stateOf('a')).toMatchObject({ faults: 0, breaker: 'closed' });
    expect(b.requests.length).toBe(40);
  });

  it('shuts down – the call goes elsewhere, and it gets nothing more for a second', async () => {
    const clock = { now: 0 };
    const [a, b] = [await serve(fails(503, problem('SHUTTING_DOWN'), soon)), await serve()];
    const { send } = await connect([a.as('a'), b.as('b')], { now: () => clock.now });
    for (const _ of times(20, () => 0)) expect((await send(write)).status).toBe(200);
    expect(a.requests.length).toBe(1);
    a.answer = ok;
    clock.now = 999;
    await send(write);
    expect(a.requests.length).toBe(1);
    clock.now = 1_000;
    await Promise.all(times(2, () => send(write)));
    expect(a.requests.length).toBe(2);
  });
});

describe('the only one', () => {
  it('shuts down – its own answer comes back; at a fixed address its successor is found', async () => {
    const clock = { now: 0 };
    const server = await serve(fails(503, problem('SHUTTING_DOWN'), soon));
    const { send } = await connect([server.as('a')], { now: () => clock.now });
    expect(await send(read)).toMatchObject({ status: 503, text: problem('SHUTTING_DOWN') });
    expect(server.requests.length).toBe(1);
    await expect(send(read)).rejects.toMatchObject({ code: 'NO_INSTANCE' });
    server.answer = ok;
    clock.now = 1_000;
    expect((await send(read)).status).toBe(200);
  });

  it('breaks, and so its breaker opens – the call ends as it broke, not with NO_INSTANCE', async () => {
    const server = await serve(reset);
    const { send, told } = await connect([server.as('a')], { breaker: { minimumCalls: 1, openMs: 60_000 } });
    await expect(send(read)).rejects.toMatchObject({ code: 'UNAVAILABLE', sent: true });
    await expect(send(read)).rejects.toMatchObject({ code: 'NO_INSTANCE', sent: false });
    expect([server.requests.length, told]).toEqual([1, ['a open', 'lacked']]);
  });

  it('fails once – is asked again', async () => {
    const server = await serve((request, response) => {
      server.answer = ok;
      reset(request, response);
    });
    const { send } = await connect([server.as('a')]);
    expect((await send(read)).status).toBe(200);
    expect(server.requests.length).toBe(2);
  });
});
