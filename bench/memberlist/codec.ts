/** The operations of the codec, on the same data as the Go program's. They are no part of the package's interface. */
import { crc32 } from 'node:zlib';
import { BroadcastQueue } from '../../shared/memberlist/src/membership/broadcast-queue.ts';
import { makeCompounds, splitCompound } from '../../shared/memberlist/src/wire/compound.ts';
import { compress, decompress } from '../../shared/memberlist/src/wire/compression.ts';
import { decrypt, encrypt } from '../../shared/memberlist/src/wire/encryption.ts';
import { Keyring } from '../../shared/memberlist/src/wire/keyring.ts';
import {
  type Alive,
  decodeAlive,
  decodePing,
  decodePushPull,
  encodeAlive,
  encodePing,
  encodePushPull,
} from '../../shared/memberlist/src/wire/messages.ts';
import { printMeasurement, type Values } from './settings.ts';

const ALIVES = 15;
const BATCH = 16;
const NO_BYTES = new Uint8Array(0);

export function runCodec(values: Values): void {
  const budgetMs = Number(values.seconds ?? 0.5) * 1000;
  for (const [operation, run] of operations()) {
    repeat(run, budgetMs / 5);
    const { count, ms } = repeat(run, budgetMs);
    printMeasurement('codec', { operation, microseconds: (ms / count) * 1000, count });
  }
}

function repeat(run: () => void, budgetMs: number): { count: number; ms: number } {
  const from = performance.now();
  let count = 0;
  while (performance.now() - from < budgetMs) {
    for (let i = 0; i < BATCH; i++) run();
    count += BATCH;
  }
  return { count, ms: performance.now() - from };
}

function operations(): [name: string, run: () => void][] {
  const loopback = Uint8Array.of(127, 0, 0, 1);
  const ping = { seqNo: 1, node: 'node-01', sourceAddr: loopback, sourcePort: 7946, sourceNode: 'node-02' };
  const [pingBytes, aliveBytes] = [encodePing(ping), encodeAlive(aliveOf(1))];
  const alives = Array.from({ length: ALIVES }, (_, i) => encodeAlive(aliveOf(i)));
  const compound = makeCompounds(alives)[0]!;
  const compressed = compress(compound);
  const { cipherKeys } = new Keyring([Buffer.from('0123456789abcdef')]);
  const encryption = { version: 1, key: cipherKeys[0]!, associated: NO_BYTES, prefix: NO_BYTES } as const;
  const sealed = encrypt(compound, encryption);
  const alive = aliveOf(1);
  return [
    ['encode ping', () => encodePing(ping)],
    ['decode ping', () => decodePing(pingBytes)],
    ['encode alive', () => encodeAlive(alive)],
    ['decode alive', () => decodeAlive(aliveBytes)],
    ['make compound of 15 alives', () => makeCompounds(alives)],
    ['split compound of 15 alives', () => splitCompound(compound)],
    ['split and decode 15 alives', () => splitCompound(compound).parts.forEach(decodeAlive)],
    ['LZW compress 1337 B', () => compress(compound)],
    ['LZW decompress 1337 B', () => decompress(compressed)],
    ['CRC-32 of 1337 B', () => crc32(compound)],
    ['AES-128-GCM encrypt 1337 B', () => encrypt(compound, encryption)],
    ['AES-128-GCM decrypt 1337 B', () => decrypt(sealed, cipherKeys, NO_BYTES)],
    ...[100, 1000].flatMap(pushPulls),
    ['queue 1000 broadcasts and drain', drainQueue],
  ];
}

function pushPulls(count: number): [name: string, run: () => void][] {
  const nodes = Array.from({ length: count }, (_, i) => {
    const { node: name, vsn, ...rest } = aliveOf(i);
    return { ...rest, name, vsn, addr: Uint8Array.of(127, 0, i >> 8, i & 255), state: 0 };
  });
  const state = { join: false, nodes, userState: Buffer.alloc(0) };
  const encoded = encodePushPull(state);
  const compressed = compress(encoded);
  return [
    [`encode push/pull of ${count}`, () => encodePushPull(state)],
    [`decode push/pull of ${count}`, () => decodePushPull(encoded)],
    [`LZW compress push/pull of ${count}`, () => compress(encoded)],
    [`LZW decompress push/pull of ${count}`, () => decompress(compressed)],
  ];
}

function drainQueue(): void {
  const queue = new BroadcastQueue(4, () => 100);
  for (let i = 0; i < 1000; i++) queue.enqueue({ name: String(i), message: encodeAlive(aliveOf(i)) });
  while (queue.take(2, 1400).length > 0);
}

function aliveOf(index: number): Alive {
  return {
    incarnation: index + 1,
    node: `node-${String(index).padStart(2, '0')}`,
    addr: Uint8Array.of(127, 0, 0, (index + 1) & 255),
    port: 7946,
    meta: Buffer.from('role=web;zone=b;weight=1'),
    vsn: Uint8Array.of(1, 5, 2, 2, 5, 4),
  };
}
