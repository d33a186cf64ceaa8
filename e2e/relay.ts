/**
 * Carries connections from one place to another: into a network namespace through a Unix socket, which lies in the file system that all
 * namespaces share.
 */
import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts, type Server } from 'node:net';
import { pipeline } from 'node:stream';

/** @param listenOn a port of 127.0.0.1 (0: a free one), or the path of a Unix socket */
export async function relay(listenOn: number | string, target: NetConnectOpts): Promise<Server> {
  const server = createServer((incoming) => {
    const outgoing = connect(target);
    // Whichever side ends or breaks, the other one is to notice.
    pipeline(incoming, outgoing, () => incoming.destroy());
    pipeline(outgoing, incoming, () => outgoing.destroy());
  });
  if (typeof listenOn === 'number') server.listen(listenOn, '127.0.0.1');
  else server.listen(listenOn);
  await once(server, 'listening');
  return server;
}

/** `relay.ts SOCKET HOST PORT`: the end inside. */
if (import.meta.main) {
  const [socket = '', host = '', port = ''] = process.argv.slice(2);
  await relay(socket, { host, port: Number(port) });
  process.stdout.write('ready\n');
}
