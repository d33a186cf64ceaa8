/** What is sent once more, and what never is. */
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  connect,
  fails,
  hang,
  problem,
  read,
  reset,
  serve,
  serveNobody,
  times,
  write,
} from './harness.ts';

const soon = { 'retry-after': '1' };

describe('what is not idempotent', () => {
  it.each<[string, Answer]>([
    ['answers 500', fails(500, problem('INTERNAL'))],
    ['answers 500 as another program', fails(500, '<html>')],
    ['answers 503 without Retry-After', fails(503, '<html>')],
    ['resets connections', reset],
    ['closes connections', ({ socket }) => void socket.destroy()],
    ['hangs', hang],
  ])('one %s – nothing is ever sent twice', async (_name, answer) => {
    const servers = [await serve(answer), await serve()];
    // So that its breaker does not spare it.
    const { send } = await connect([servers[0]!.as('a'), servers[1]!.as('b')], { breaker: { minimumCalls: 1_000 } });
    const operation = { ...write, timeoutMs: 500 };
    await Promise.allSettled(times(20, (i) => send(operation, { path: `/write/${i}` })));
    const paths = servers.flatMap(({ requests }) => requests.map(({ url }) => url));
    expect(paths.toSorted()).toEqual(times(20, (i) => `/write/${i}`).toSorted());
    expect(servers[0]!.requests.length).toBe(10);
  });

  it('one cannot be reached – it goes elsewhere', async () => {
    const server = await serve();
    const { send, stateOf } = await connect([await serveNobody('a'), server.as('b')]);
    const replies = await Promise.all(times(20, (i) => send(write, { path: `/write/${i}` })));
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    expect(server.requests.map(({ url }) => url).toSorted()).toEqual(times(20, (i) => `/write/${i}`).toSorted());
    expect(stateOf('a')!.breaker).toBe('open');
  });
});

describe('repeating', () => {
  it.each(['UNAVAILABLE', 'NO_INSTANCE'])('%s from the other side – is not repeated: it has tried', async (code) => {
    const servers = [await serve(), await serve()];
    for (const server of servers) server.answer = fails(503, problem(code), soon);
    const { send } = await connect(servers.map((server, i) => server.as(`${i}`)));
    expect((await send(read)).status).toBe(503);
    expect(servers.flatMap(({ requests }) => requests)).toHaveLength(1);
  });

  it('everything fails – the budget ends it: a fifth more than the calls, after what was saved up', async () => {
    const servers = [await serve(), await serve()];
    for (const server of servers) server.answer = fails(500, problem('INTERNAL'));
    const options = { breaker: { minimumCalls: 1e6 }, now: () => 0, random: () => 0 };
    const { send, channel, told } = await connect(
      servers.map((server, i) => server.as(`${i}`)),
      options,
    );
    const count = () => servers.flatMap(({ requests }) => requests).length;
    for (const _ of times(10, () => 0)) await Promise.all(times(30, () => send(read)));
    // 200 saved up; the first calls cannot add to them.
    expect(count()).toBeGreaterThan(300 + 200);
    expect(count()).toBeLessThanOrEqual(300 + 200 + 60);
    expect(channel.state().retriesLeft).toBe(0);
    const before = count();
    for (const _ of times(10, () => 0)) await Promise.all(times(10, () => send(read)));
    expect(count() - before).toBeLessThanOrEqual(100 + 21);
    expect(told.filter((what) => what === 'retried').length).toBe(count() - 400);
  });
});
