import type { Socket } from 'node:net';
import { buildConnector } from 'undici';

/**
 * A connector for connections that many calls share: what they write within one turn of the event loop leaves in one system call instead of
 * one for each. Each waits less than a turn longer.
 *
 * @param timeoutMs until the connection must stand
 */
export function gatheringConnector(timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs });
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error) return callback(error, null);
      gatherWrites(socket);
      callback(null, socket);
    });
}

/** The first write of a turn holds back itself and all that follow; `uncork` sends them together. */
function gatherWrites(socket: Socket): void {
  let isGathering = false;
  const release = () => {
    isGathering = false;
    socket.uncork();
  };
  const write = socket.write;
  socket.write = function (this: Socket, ...args: unknown[]) {
    if (!isGathering) {
      isGathering = true;
      socket.cork();
      setImmediate(release);
    }
    return Reflect.apply(write, socket, args);
  } as Socket['write'];
}
