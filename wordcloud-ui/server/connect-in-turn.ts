/**
 * Connections to one of several addresses: a refused one goes to the next. The choice is made before anything is sent, so
 * that uploads, too, can go elsewhere, without being kept.
 */
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** What undici asks for, as far as it is used here. */
export interface ConnectTarget {
  protocol: string;
  hostname: string;
  port: string;
}

export type Connect = (target: ConnectTarget, done: (error: Error | null, socket: Socket | null) => void) => void;

export interface InTurnOptions {
  /** Base addresses, `http://host:port`. */
  addresses: readonly string[];
  /** How long one address may take, in milliseconds. */
  timeoutMs: number;
  now: () => number;
}

/** An address that did not answer is asked last for so long: a host that is gone costs the whole time-out each time. */
const AVOID_MS = 5_000;

/** @returns undici's `connect`: begins with the address that is asked for, then tries the others */
export function connectInTurn({ addresses, timeoutMs, now }: InTurnOptions): Connect {
  const urls = addresses.map((address) => new URL(address));
  const failedAt = new Map<URL, number>();
  const isAvoided = (url: URL) => (failedAt.get(url) ?? Number.NEGATIVE_INFINITY) + AVOID_MS > now();

  return (target, done) => {
    const asked = urls.findIndex((url) => url.hostname === target.hostname && portOf(url) === portOf(target));
    const inTurn = [...urls.slice(asked), ...urls.slice(0, asked)];
    const order = [...inTurn.filter((url) => !isAvoided(url)), ...inTurn.filter(isAvoided)];

    const attempt = (index: number, failure: Error | null): void => {
      const url = order[index];
      if (url === undefined) {
        done(failure, null);
        return;
      }
      connectOne(url, timeoutMs, (error, socket) => {
        if (error === null) {
          failedAt.delete(url);
          done(null, socket);
          return;
        }
        failedAt.set(url, now());
        attempt(index + 1, error);
      });
    };
    attempt(0, null);
  };
}

const portOf = ({ port, protocol }: { port: string; protocol: string }) =>
  Number(port) || (protocol === 'https:' ? 443 : 80);

function connectOne(url: URL, timeoutMs: number, done: (error: Error | null, socket: Socket | null) => void): void {
  const isTls = url.protocol === 'https:';
  // IPv6 addresses stand in brackets in a URL only.
  const options = { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: portOf(url) };
  const socket = isTls
    ? connectTls({ ...options, servername: options.host, ALPNProtocols: ['http/1.1'] })
    : connectTcp(options);
  const timer = setTimeout(
    () => socket.destroy(Object.assign(new Error(`No connection to ${url.host}.`), { code: 'ETIMEDOUT' })),
    timeoutMs,
  );
  const onError = (error: Error) => {
    clearTimeout(timer);
    done(error, null);
  };
  socket.once('error', onError);
  socket.once(isTls ? 'secureConnect' : 'connect', () => {
    clearTimeout(timer);
    socket.off('error', onError);
    socket.setNoDelay(true);
    done(null, socket);
  });
}
