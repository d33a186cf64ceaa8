import { BlockList, isIP, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Address } from '../addresses.ts';
import { MemberlistError } from '../errors.ts';
import { lookUp } from './resolve.ts';

/** RFC 6890: addresses that are not routed on the internet. */
const NOT_PUBLIC = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['240.0.0.0', 4],
] as const) {
  NOT_PUBLIC.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['2001:db8::', 32],
] as const) {
  NOT_PUBLIC.addSubnet(network, bits, 'ipv6');
}

export const isPublicAddress = (address: string): boolean =>
  !NOT_PUBLIC.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

/**
 * The address that other nodes are told.
 *
 * @throws MemberlistError BAD_OPTION when none can be found
 */
export async function advertisedAddress(
  advertise: { address?: string; port?: number },
  bound: Address,
): Promise<Address> {
  const port = advertise.port ?? bound.port;
  if (advertise.address !== undefined) {
    if (isIP(advertise.address)) return { address: advertise.address, port };
    const [address] = await lookUp(advertise.address);
    return { address: address!, port };
  }
  if (bound.address !== '0.0.0.0' && bound.address !== '::') return { address: bound.address, port };
  const address = firstPrivateAddress();
  if (address === undefined) {
    throw new MemberlistError(
      'BAD_OPTION',
      `listening on ${bound.address}, but this machine has no private IPv4 address to tell the others; set advertise.address`,
    );
  }
  return { address, port };
}

function firstPrivateAddress(): string | undefined {
  for (const addresses of Object.values(networkInterfaces())) {
    for (const { address, family, internal } of addresses ?? []) {
      if (family === 'IPv4' && !internal && !isPublicAddress(address)) return address;
    }
  }
  return undefined;
}
