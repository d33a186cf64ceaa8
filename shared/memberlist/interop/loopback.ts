/** Addresses for peers: loopback only, with ports that are free for both TCP and UDP. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that Linux gives for port 0, so that what starts meanwhile does not take them. */
const FIRST_PORT = 15_000;
const LAST_PORT = 31_999;
const TRIES = 50;

/** @returns a port that is free on all of the hosts, which stays so for a peer that ends and comes back */
export async function freePort(hosts: readonly string[] = ['127.0.0.1']): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
    const free = await Promise.all(hosts.map((host) => isFree(host, port)));
    if (free.every(Boolean)) return port;
  }
  throw new Error(`no free port on ${hosts.join(' and ')}`);
}

/** Linux has all of 127.0.0.0/8; elsewhere an address other than 127.0.0.1 has to be configured. */
export const hasAddress = async (host: string): Promise<boolean> => isFree(host, 0);

async function isFree(host: string, port: number): Promise<boolean> {
  const tcp = createServer();
  const udp = createSocket('udp4');
  try {
    const listening = once(tcp, 'listening');
    tcp.listen(port, host);
    await listening;
    const bound = once(udp, 'listening');
    udp.bind(port, host);
    await bound;
    return true;
  } catch {
    return false;
  } finally {
    tcp.close();
    udp.close();
  }
}
