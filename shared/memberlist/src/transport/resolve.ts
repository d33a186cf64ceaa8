import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Address, JoinTarget } from '../addresses.ts';
import { MemberlistError } from '../errors.ts';
import { queryOverTcp } from './dns-over-tcp.ts';

/**
 * All addresses of a place to join. A name with a dot is asked for over TCP first, whose answers may be longer than those
 * over UDP; then, and for other names, the operating system is asked.
 *
 * @param dnsServer `host[:port]`; undefined: the first of the system
 * @throws MemberlistError UNREACHABLE when the name is not known
 */
export async function resolveTarget(
  { host, port }: JoinTarget,
  dnsServer?: string,
  signal?: AbortSignal,
): Promise<Address[]> {
  if (isIP(host)) return [{ address: host, port }];
  let addresses: string[] = [];
  if (host.includes('.')) {
    addresses = await queryOverTcp(host, dnsServer, signal).catch(() => []);
  }
  signal?.throwIfAborted();
  if (addresses.length === 0) addresses = await lookUp(host);
  return addresses.map((address) => ({ address, port }));
}

/** Asks the operating system. @throws MemberlistError UNREACHABLE */
export async function lookUp(host: string): Promise<string[]> {
  try {
    const found = await lookup(host, { all: true });
    return found.map(({ address }) => address);
  } catch (cause) {
    throw new MemberlistError('UNREACHABLE', `the name "${host}" cannot be resolved: ${(cause as Error).message}`, {
      cause,
    });
  }
}
