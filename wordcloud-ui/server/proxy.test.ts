import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { freeAddress, startApp, startUpstream } from './test-page.ts';

/** A test that hangs because something was buffered says so by its time-out. */
const open = (address: string, path: string, options: object = {}) => {
  const sent = request(`${address}${path}`, options);
  sent.on('error', () => {});
  return sent;
};

describe('proxy', () => {
  it('request and answer – path, query, body and headers both ways', async () => {
    const seen: IncomingMessage[] = [];
    const bff = await startUpstream(async (incoming, answer) => {
      seen.push(incoming);
      const body = await text(incoming);
      answer.writeHead(202, {
        'content-type': 'application/json',
        'set-cookie': 'a=b; HttpOnly',
        location: '/api/x/1',
      });
      answer.end(JSON.stringify({ body }));
    });
    const { address } = await startApp([bff]);
    const answer = await fetch(`${address}/api/wordclouds?page=2&q=a%20b`, {
      method: 'POST',
      headers: { 'content-type': 'text/made-up', authorization: 'Bearer x', 'x-forwarded-for': '6.6.6.6' },
      body: 'the body',
    });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ body: 'the body' });
    expect(answer.headers.get('set-cookie')).toBe('a=b; HttpOnly');
    expect(answer.headers.get('location')).toBe('/api/x/1');
    expect(seen[0]!.url).toBe('/api/wordclouds?page=2&q=a%20b');
    expect(seen[0]!.headers).toMatchObject({
      authorization: 'Bearer x',
      'content-type': 'text/made-up',
      // What a client claims about its address is not passed on.
      'x-forwarded-for': '127.0.0.1',
      host: new URL(address).host,
    });
  });

  it('trusted proxy in front – its word about the client counts', async () => {
    const bff = await startUpstream((incoming, answer) => answer.end(String(incoming.headers['x-forwarded-for'])));
    const { address } = await startApp([bff], { trustProxy: '127.0.0.1' });
    const answer = await fetch(`${address}/api/me`, { headers: { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' } });
    expect(await answer.text()).toBe('203.0.113.9, 127.0.0.1');
  });

  it('event stream – each event as it comes, and the upstream learns that the client left', async () => {
    const closed = Promise.withResolvers<void>();
    const bff = await startUpstream((incoming, answer) => {
      answer.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      answer.write(`id: ${incoming.headers['last-event-id']}\n\n`);
      incoming.socket.once('close', () => closed.resolve());
    });
    const { address } = await startApp([bff]);
    const sent = open(address, '/api/events', { headers: { 'last-event-id': '7' } }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const [first] = await once(answer, 'data');
    expect(String(first)).toBe('id: 7\n\n');
    sent.destroy();
    await closed.promise;
  });

  it('upload – arrives while it is being sent', async () => {
    const first = Promise.withResolvers<string>();
    const bff = await startUpstream(async (incoming, answer) => {
      incoming.once('data', (data) => first.resolve(String(data)));
      answer.end(String((await text(incoming)).length));
    });
    const { address } = await startApp([bff]);
    const sent = open(address, '/api/wordclouds', { method: 'POST' });
    sent.write('begin');
    expect(await first.promise).toBe('begin');
    sent.end('x'.repeat(300_000));
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect(await text(answer)).toBe('300005');
  });

  it('upload refused half-way – the answer arrives, not a reset', async () => {
    const bff = await startUpstream((incoming, answer) => {
      incoming.once('data', () => {
        answer.writeHead(413, { 'content-type': 'application/problem+json' });
        answer.end('{"code":"TOO_LARGE"}');
      });
    });
    const { address } = await startApp([bff]);
    const sent = request(`${address}/api/wordclouds`, { method: 'POST', headers: { 'content-length': 50_000_000 } });
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    sent.write(Buffer.alloc(1_000_000));
    const [answer] = await answered;
    expect(answer.statusCode).toBe(413);
    // Still sending, as browsers do: the socket takes it.
    sent.write(Buffer.alloc(1_000_000));
    expect(await text(answer)).toBe('{"code":"TOO_LARGE"}');
    await new Promise((resolve) => sent.write(Buffer.alloc(1_000_000), resolve));
    expect(sent.destroyed).toBe(false);
    sent.on('error', () => {}).destroy();
  });

  it('client leaves in the middle of an upload – the upstream learns it', async () => {
    const closed = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const bff = await startUpstream((incoming) => {
      incoming.once('data', () => begun.resolve());
      incoming.once('close', () => closed.resolve());
      incoming.once('error', () => {});
    });
    const { address } = await startApp([bff]);
    const sent = open(address, '/api/wordclouds', { method: 'POST', headers: { 'content-length': 1000 } });
    sent.write('begin');
    await begun.promise;
    sent.destroy();
    await closed.promise;
  });

  it('several addresses – in turn, and a refused connection goes to the next', async () => {
    const counts = [0, 0];
    const bffs = await Promise.all(
      counts.map((_count, index) =>
        startUpstream((incoming, answer) => {
          counts[index]! += 1;
          incoming.resume().once('end', () => answer.end(String(index)));
        }),
      ),
    );
    const { address } = await startApp([...bffs, await freeAddress()]);
    for (let index = 0; index < 12; index += 1) {
      const answer = await fetch(`${address}/api/wordclouds`, { method: 'POST', body: 'x' });
      expect(answer.status).toBe(200);
      await answer.text();
    }
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(4);
    expect(counts[0]! + counts[1]!).toBe(12);
  });

  it('nobody answers – 503 in the form of the API', async () => {
    const { address } = await startApp([await freeAddress(), await freeAddress()]);
    const answer = await fetch(`${address}/api/options`, { headers: { accept: 'application/json' } });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await answer.json()).toMatchObject({ status: 503, code: 'UNAVAILABLE', requestId: expect.any(String) });
  });

  it('503 of the bff – passed on at once, with its own words', async () => {
    let calls = 0;
    const bff = await startUpstream((_incoming, answer) => {
      calls += 1;
      answer.writeHead(503, { 'retry-after': '7', 'content-type': 'application/problem+json' });
      answer.end('{"code":"NO_INSTANCE"}');
    });
    const { address } = await startApp([bff]);
    const answer = await fetch(`${address}/api/me`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(await answer.json()).toEqual({ code: 'NO_INSTANCE' });
    expect(calls).toBe(1);
  });

  it('policy of the bff for its images – stays', async () => {
    const bff = await startUpstream((_incoming, answer) => {
      answer.writeHead(200, { 'content-type': 'image/svg+xml', 'content-security-policy': "default-src 'none'" });
      answer.end('<svg/>');
    });
    const { address } = await startApp([bff]);
    const answer = await fetch(`${address}/api/wordclouds/1/image.svg`);
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('closing – ends open event streams and idle connections, and waits for what is in hand', async () => {
    const slow = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const bff = await startUpstream(async (incoming, answer) => {
      if (incoming.url === '/api/events') {
        answer.writeHead(200, { 'content-type': 'text/event-stream' });
        answer.write(': hello\n\n');
      } else {
        arrived.resolve();
        await slow.promise;
        answer.end('done');
      }
    });
    const { address, server } = await startApp([bff]);
    const idle = connect(Number(new URL(address).port), '127.0.0.1');
    await once(idle, 'connect');
    const events = open(address, '/api/events').end();
    const [stream] = (await once(events, 'response')) as [IncomingMessage];
    await once(stream, 'data');
    const inHand = fetch(`${address}/api/me`).then((answer) => answer.text());
    await arrived.promise;
    const closing = server.close();
    await once(stream.resume(), 'end');
    slow.resolve();
    expect(await inHand).toBe('done');
    await closing;
    idle.destroy();
  });
});
