/** Who gets a call, and what comes back. */
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect, fails, hang, instance, ok, problem, read, serve, times, until, write } from './harness.ts';

const counts = (servers: readonly { requests: unknown[] }[]) => servers.map(({ requests }) => requests.length);

describe('choosing', () => {
  it.each<[string, Parameters<typeof instance>[1][]]>([
    ['nobody is known', []],
    ['all are suspect, draining or of weight 0', [{ status: 'suspect' }, { status: 'draining' }, { weight: 0 }]],
  ])('%s – NO_INSTANCE at once, with Retry-After', async (_name, described) => {
    const { send, told } = await connect(described.map((more, i) => instance(`${i}`, more)));
    await expect(send(read)).rejects.toMatchObject({
      code: 'NO_INSTANCE',
      status: 503,
      sent: false,
      retryAfterSeconds: 1,
    });
    expect(told).toEqual(['lacked']);
  });

  it('suspect, draining, weight 0 – get nothing while another is up, not even a repetition', async () => {
    const [up, ...others] = await Promise.all(times(4, () => serve()));
    up!.answer = fails(500, problem('INTERNAL'));
    const { send, registry } = await connect([
      up!.as('up'),
      others[0]!.as('suspect', { status: 'suspect' }),
      others[1]!.as('draining', { status: 'draining' }),
      others[2]!.as('weightless', { weight: 0 }),
    ]);
    expect((await send(read)).status).toBe(500);
    expect([up!.requests.length, counts(others)]).toEqual([3, [0, 0, 0]]);
    await registry.say(others.map((server, i) => server.as(`${i}`)));
    await Promise.all(times(9, () => send(read)));
    expect(counts(others)).toEqual([3, 3, 3]);
  });

  it('a new instance – begins with a tenth of its share, and has all of it when it has warmed up', async () => {
    const servers = await Promise.all(times(3, () => serve()));
    const [a, b, c] = servers.map((server, i) => server.as('abc'[i]!));
    const clock = { now: 0 };
    const options = { balancing: 'smooth-weighted-round-robin', warmUpMs: 10_000, now: () => clock.now } as const;
    const { send, registry } = await connect([a!, b!], options);
    clock.now = 100_000;
    await registry.say([a!, b!, c!]);
    const newcomer = servers[2]!;
    for (const [ageMs, calls, expected] of [
      [0, 42, 2],
      [5_000, 50, 10],
      [10_000, 30, 10],
    ] as const) {
      clock.now = 100_000 + ageMs;
      const before = newcomer.requests.length;
      await Promise.all(times(calls, () => send(read)));
      // What it saved up in one round is paid out in the next.
      expect(Math.abs(newcomer.requests.length - before - expected), `after ${ageMs} ms`).toBeLessThanOrEqual(1);
    }
  });

  it('a key – goes to the same instance, also when another leaves; keys are spread', async () => {
    const servers = await Promise.all(times(3, () => serve()));
    const instances = servers.map((server, i) => server.as(`${i}`));
    const { send, registry } = await connect(instances, { balancing: 'consistent-hash' });
    const placeOf = async (key: string) => {
      const before = counts(servers);
      await send(read, { key });
      return counts(servers).findIndex((count, i) => count > before[i]!);
    };
    const keys = times(20, (i) => `owner-${i}`);
    const places: number[] = [];
    for (const key of keys) places.push(await placeOf(key));
    expect(new Set(places)).toEqual(new Set([0, 1, 2]));
    await registry.say(instances.slice(0, 2));
    for (const [i, key] of keys.entries()) {
      const place = await placeOf(key);
      if (places[i] !== 2) expect(place).toBe(places[i]);
    }
  });

  it('least loaded of two – one that callers gave up on is avoided', async () => {
    const [a, b] = [await serve(), await serve()];
    const clock = { now: 0 };
    const options = { balancing: 'least-loaded-of-two', now: () => clock.now } as const;
    const { send, stateOf } = await connect([a.as('a'), b.as('b')], options);
    a.answer = hang;
    b.answer = hang;
    const leaving = new AbortController();
    const call = send(read, { signal: leaving.signal });
    await until(() => a.requests.length + b.requests.length === 1);
    const [slow, other] = a.requests.length === 1 ? [a, b] : [b, a];
    clock.now = 500;
    leaving.abort();
    await expect(call).rejects.toThrow('abort');
    other.answer = ok;
    for (const _ of times(10, () => 0)) await send(read);
    expect([slow.requests.length, other.requests.length]).toEqual([1, 10]);
    expect(stateOf('a')!.faults + stateOf('b')!.faults).toBe(0);
  });

  it('a root path – is before the path of every operation', async () => {
    const server = await serve();
    const { baseUrl } = server.as('a');
    const { send } = await connect([server.as('a', { baseUrl: `${baseUrl}/root/of` })]);
    await send(read, { path: '/read?q=1' });
    expect(server.requests[0]!.url).toBe('/root/of/read?q=1');
  });

  it('attempts – are told with the instance, before they are made', async () => {
    const [a, b] = [await serve(fails(500, problem('INTERNAL'))), await serve()];
    const { send } = await connect([a.as('a'), b.as('b')]);
    const attempts: string[] = [];
    await send(read, { onAttempt: (id) => attempts.push(`${id} ${a.requests.length + b.requests.length}`) });
    expect(attempts).toEqual(['a 0', 'b 1']);
  });
});

describe('answers', () => {
  it('large – arrives whole', async () => {
    const text = 'ä€'.repeat(1_500_000);
    const server = await serve((_request, response) => void response.end(text));
    const { send } = await connect([server.as('a')]);
    expect((await send(read)).text === text).toBe(true);
  });

  it('without end – is cut, and the instance is to blame', async () => {
    const server = await serve((_request, response) => {
      const chunk = Buffer.alloc(4 * 1024 * 1024);
      const more = () => response.write(chunk, (error) => error || more());
      more();
    });
    const { send, stateOf } = await connect([server.as('a')], { attempts: 1 });
    await expect(send(read)).rejects.toMatchObject({
      ...{ code: 'UNAVAILABLE', sent: true },
      message: expect.stringContaining('UND_ERR_RES_EXCEEDED_MAX_SIZE'),
    });
    expect(stateOf('a')).toMatchObject({ faults: 1, inFlight: 0 });
  });

  it.each<[string, string]>([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.7\r\n'],
    ['nothing', ''],
    ['a header cut off', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['a body cut off', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"words"'],
    ['chunks cut off', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"a":\r\n'],
    ['a size that is none', 'HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{}'],
  ])('%s – a read is answered by another instance, a write fails as sent', async (_name, bytes) => {
    let count = 0;
    const garbage = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => {
        count++;
        socket.end(bytes);
      });
    }).listen(0, '127.0.0.1');
    await until(() => garbage.listening);
    onTestFinished(() => void garbage.close());
    const { port } = garbage.address() as { port: number };
    const good = await serve();
    const { send } = await connect([instance('a', { baseUrl: `http://127.0.0.1:${port}` }), good.as('b')]);
    expect((await send(read)).status).toBe(200);
    expect([count, good.requests.length]).toEqual([1, 1]);
    await expect(send(write)).rejects.toMatchObject({ code: 'UNAVAILABLE', sent: true });
    expect([count, good.requests.length]).toEqual([2, 1]);
  });

  it('informational answers before it – are passed over', async () => {
    const server = await serve((_request, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.writeHead(201, { 'x-of': 'the answer' }).end('{}');
    });
    const { send } = await connect([server.as('a')]);
    expect(await send(read)).toMatchObject({ status: 201, headers: { 'x-of': 'the answer' }, text: '{}' });
  });
});
