import { hostname } from 'node:os';
import { createAddressFilter, type JoinTarget, parseJoinTarget } from './addresses.ts';
import { type Clock, systemClock } from './clock.ts';
import { MemberlistError } from './errors.ts';
import { type GuardedDelegate, guardDelegate } from './guarded-delegate.ts';
import { type Logger, silentLogger } from './logger.ts';
import { Meter } from './metrics.ts';
import type { MemberlistOptions } from './options.ts';
import { PRESETS, type Tuning } from './presets.ts';
import { Keyring } from './wire/keyring.ts';

/** The options after checking, with nothing left open. */
export interface Config extends Tuning {
  name: string;
  bind: { address: string; port: number };
  advertise: { address?: string; port?: number };
  seeds: readonly JoinTarget[];
  meta: Uint8Array;
  weight: number;
  label: string;
  skipInboundLabelCheck: boolean;
  keyring: Keyring;
  verifyIncoming: boolean;
  verifyOutgoing: boolean;
  compression: boolean;
  protocol: number;
  /** Protocol min, max, current; delegate min, max, current. */
  versions: Uint8Array;
  packetBytes: number;
  metaBytes: number;
  deadNodeReclaimMs: number;
  tcpPings: (name: string) => boolean;
  requireNodeNames: boolean;
  isAllowed: (address: string) => boolean;
  initialIncarnation: number;
  dnsServer: string | undefined;
  delegate: GuardedDelegate;
  logger: Logger;
  meter: Meter;
  clock: Clock;
  random: () => number;
}

export const DEFAULT_PORT = 7946;
/** The versions of memberlist's protocol that are understood. */
export const PROTOCOL_MIN = 1;
export const PROTOCOL_MAX = 5;

/**
 * Checks the options and fills in the defaults.
 *
 * @throws MemberlistError BAD_OPTION or BAD_ADDRESS, naming the option and what is allowed
 */
export function resolveConfig(options: MemberlistOptions): Config {
  const preset = oneOf('preset', options.preset ?? 'lan', ['lan', 'wan', 'local']);
  const tuning = { ...PRESETS[preset] };
  for (const key of Object.keys(tuning) as (keyof Tuning)[]) {
    const given = options[key];
    if (given !== undefined) tuning[key] = within(key, given, 0, 2 ** 31 - 1);
  }
  const name = options.name ?? hostname();
  if (name === '') throw new MemberlistError('BAD_OPTION', 'name is empty; each node needs a name of its own');
  const label = options.label ?? '';
  if (Buffer.byteLength(label) > 255) {
    throw new MemberlistError('BAD_OPTION', `label has ${Buffer.byteLength(label)} bytes, at most 255 are allowed`);
  }
  const bind = {
    address: options.bind?.address ?? '0.0.0.0',
    port: within('bind.port', options.bind?.port ?? DEFAULT_PORT, 0, 65_535),
  };
  const advertise = options.advertise ?? {};
  if (advertise.port !== undefined) within('advertise.port', advertise.port, 1, 65_535);
  const metaBytes = within('metaBytes', options.metaBytes ?? 512, 0, 65_535);
  const protocol = within('protocol', options.protocol ?? 2, PROTOCOL_MIN, PROTOCOL_MAX);
  const delegate = options.delegateVersions ?? { min: 0, max: 0, current: 0 };
  for (const [key, value] of Object.entries(delegate)) within(`delegateVersions.${key}`, value, 0, 255);
  const tcpPings = options.tcpPings ?? true;
  const logger = options.logger ?? silentLogger;
  return {
    ...tuning,
    name,
    bind,
    advertise,
    seeds: (options.seeds ?? []).map((seed) => parseJoinTarget(seed, bind.port || DEFAULT_PORT)),
    meta: checkMeta(options.meta ?? '', metaBytes),
    weight: checkWeight(options.weight ?? 1),
    label,
    skipInboundLabelCheck: options.skipInboundLabelCheck ?? false,
    keyring: options.keyring ?? keyringOf(options.keys ?? []),
    verifyIncoming: options.verifyIncoming ?? true,
    verifyOutgoing: options.verifyOutgoing ?? true,
    compression: options.compression ?? true,
    protocol,
    versions: Uint8Array.of(PROTOCOL_MIN, PROTOCOL_MAX, protocol, delegate.min, delegate.max, delegate.current),
    packetBytes: within('packetBytes', options.packetBytes ?? 1400, 576, 65_507),
    metaBytes,
    deadNodeReclaimMs: within('deadNodeReclaimMs', options.deadNodeReclaimMs ?? 0, 0, 2 ** 31 - 1),
    tcpPings: typeof tcpPings === 'function' ? tcpPings : () => tcpPings,
    requireNodeNames: options.requireNodeNames ?? false,
    isAllowed: createAddressFilter(options.allowedCidrs),
    initialIncarnation: within('initialIncarnation', options.initialIncarnation ?? 0, 0, 2 ** 32 - 2),
    dnsServer: options.dnsServer,
    delegate: guardDelegate(options.delegate ?? {}, logger),
    logger,
    meter: new Meter(options.metrics),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

/** @throws MemberlistError TOO_LARGE */
export function checkMeta(meta: Uint8Array | string, limit: number): Uint8Array {
  const bytes = Uint8Array.from(typeof meta === 'string' ? Buffer.from(meta) : meta);
  if (bytes.length > limit) {
    throw new MemberlistError('TOO_LARGE', `metadata has ${bytes.length} bytes, at most ${limit} are allowed`);
  }
  return bytes;
}

/** @throws MemberlistError BAD_OPTION */
export const checkWeight = (weight: number): number => within('weight', weight, 0, 65_535);

function keyringOf(keys: readonly Uint8Array[]): Keyring {
  try {
    return new Keyring(keys);
  } catch (cause) {
    throw new MemberlistError('BAD_OPTION', `keys: ${(cause as Error).message}`, { cause });
  }
}

function within(name: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new MemberlistError('BAD_OPTION', `${name} is ${value}; a whole number from ${min} to ${max} is wanted`);
}

function oneOf<T extends string>(name: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw new MemberlistError('BAD_OPTION', `${name} is "${value}"; allowed are ${allowed.join(', ')}`);
}
