/** Connections that are kept, and that the server closes. */
import { describe, expect, it } from 'vitest';
import { connect, read, serve, times, write } from './harness.ts';

describe('connections', () => {
  it.each([
    ['a read', read],
    ['a write', write],
  ])('closed by the server while idle – %s does not fail, and is sent once', async (_name, operation) => {
    const server = await serve();
    const { send, stateOf } = await connect([server.as('a')], { attempts: 1 });
    for (const _ of times(20, () => 0)) {
      expect((await send(operation)).status).toBe(200);
      // In the same breath: the client has not heard of it when the next call begins.
      server.server.closeIdleConnections();
    }
    expect(server.requests.length).toBe(20);
    expect(new Set(server.requests.map(({ socket }) => socket)).size).toBe(20);
    expect(stateOf('a')!.faults).toBe(0);
  });

  it('closed after each answer, as the server says – likewise', async () => {
    const server = await serve((_request, response) => void response.writeHead(200, { connection: 'close' }).end('{}'));
    const { send, stateOf } = await connect([server.as('a')], { attempts: 1 });
    for (const _ of times(20, () => 0)) expect((await send(write)).status).toBe(200);
    expect(stateOf('a')!.faults).toBe(0);
  });

  it('closed in the moment a write arrives – it fails as sent: it may have been done', async () => {
    const server = await serve();
    const { send } = await connect([server.as('a')]);
    await send(write);
    server.answer = ({ socket }) => void socket.destroy();
    await expect(send(write)).rejects.toMatchObject({ code: 'UNAVAILABLE', sent: true });
    expect(server.requests.length).toBe(2);
  });

  it('one after another – share connections', async () => {
    const server = await serve();
    const { send } = await connect([server.as('a')]);
    for (const _ of times(20, () => 0)) await send(read);
    // The next call may begin just before the connection of the last one is free again.
    expect(new Set(server.requests.map(({ socket }) => socket)).size).toBeLessThanOrEqual(2);
  });
});
