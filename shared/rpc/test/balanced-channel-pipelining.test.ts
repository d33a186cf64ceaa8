/** Quick calls share connections: many under way on each, one behind the other. */
import { describe, expect, it } from 'vitest';
import { type Answer, connect, hang, read, serve, times, until, write } from './harness.ts';

const quick = { ...read, path: '/quick', quick: true };
const numbered = (index: number) => ({ path: `/quick?n=${index}` });
/** Says which request it answers, in two pieces. */
const echo: Answer = ({ url }, response) => {
  response.writeHead(200);
  response.write(`<${url}`);
  setImmediate(() => response.end('>'));
};

describe('quick calls', () => {
  it('many at once – few connections, and each gets its own answer', async () => {
    const server = await serve(echo);
    const { send } = await connect([server.as('a')]);
    const replies = await Promise.all(times(200, (i) => send(quick, numbered(i))));
    expect(replies.map(({ text }) => text)).toEqual(times(200, (i) => `</quick?n=${i}>`));
    expect(new Set(server.requests.map(({ socket }) => socket)).size).toBeLessThanOrEqual(4);
  });

  it('others – have connections of their own, and do not wait behind them', async () => {
    const server = await serve(({ url }, response) => void (url === '/quick' || response.end('{}')));
    const { send } = await connect([server.as('a')]);
    const leaving = new AbortController();
    const stuck = send(quick, { signal: leaving.signal });
    expect((await Promise.all([send(read), send(write)])).map(({ status }) => status)).toEqual([200, 200]);
    leaving.abort(new Error('enough'));
    await expect(stuck).rejects.toThrow('enough');
  });

  it('what must not be repeated – never shares, whatever the contract says', async () => {
    const server = await serve();
    const { send } = await connect([server.as('a')]);
    await Promise.all(times(20, () => send({ ...write, quick: true })));
    expect(new Set(server.requests.map(({ socket }) => socket)).size).toBe(20);
  });

  it('a caller leaves – the connection ends with it, the others on it get whole answers all the same', async () => {
    const server = await serve();
    const { send } = await connect([server.as('a')], { attempts: 1 });
    let held: unknown;
    let leaver: number | undefined;
    server.answer = ({ socket, url }, response) => {
      response.writeHead(200);
      response.write('half');
      if (held === undefined) held = socket;
      else if (socket === held && leaver === undefined) leaver = Number(url!.split('=')[1]);
      else setImmediate(() => response.end('half'));
    };
    const calls = times(40, (i) => {
      const leaving = new AbortController();
      return { leaving, reply: send(quick, { ...numbered(i), signal: leaving.signal }) };
    });
    await until(() => leaver !== undefined);
    const [left] = calls.splice(leaver!, 1);
    left!.leaving.abort(new Error('gone'));
    await expect(left!.reply).rejects.toThrow('gone');
    for (const { reply } of calls) expect((await reply).text).toBe('halfhalf');
  });

  it('the connection breaks in the middle – all are answered, elsewhere if need be', async () => {
    const [a, b] = [await serve(hang), await serve(echo)];
    const { send } = await connect([a.as('a'), b.as('b')]);
    const replies = times(40, (i) => send(quick, numbered(i)));
    await until(() => a.requests.length >= 10);
    await a.close();
    expect((await Promise.all(replies)).map(({ text }) => text)).toEqual(times(40, (i) => `</quick?n=${i}>`));
  });
});
