import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCompounds, splitCompound } from '../../src/wire/compound.ts';
import { compress, decompress } from '../../src/wire/compression.ts';
import { compressLzw, decompressLzw, maxCompressedLength } from '../../src/wire/lzw.ts';
import {
  decodeAck,
  decodeAlive,
  decodeDead,
  decodeError,
  decodeIndirectPing,
  decodeNack,
  decodeNodeRecord,
  decodePing,
  decodePushPull,
  decodeSuspect,
  decodeUserStream,
  encodeAck,
  encodeAlive,
  encodeDead,
  encodeError,
  encodeIndirectPing,
  encodeNack,
  encodeNodeRecord,
  encodePing,
  encodePushPull,
  encodeSuspect,
  encodeUserStream,
} from '../../src/wire/messages.ts';
import { forEachMessage, openPacket, sealPacket, type WireSettings } from '../../src/wire/packet.ts';
import { createStreamReader, sealStream } from '../../src/wire/stream.ts';
import { WireError } from '../../src/wire/wire-error.ts';
import { settingsWith, VECTORS } from './vectors.ts';

const uint16 = fc.integer({ min: 0, max: 0xffff });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
const address = fc.oneof(
  fc.uint8Array({ minLength: 4, maxLength: 4 }),
  fc.uint8Array({ minLength: 16, maxLength: 16 }),
);
const name = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ minLength: 200, maxLength: 400 }),
);
const nullable = fc.option(bytes(600), { nil: null });

const source = {
  sourceAddr: fc.option(address, { nil: undefined }),
  sourcePort: fc.option(fc.integer({ min: 1, max: 0xffff }), { nil: undefined }),
  sourceNode: fc.option(
    name.filter((text) => text !== ''),
    { nil: undefined },
  ),
};
const accusation = fc.record({ incarnation: uint32, node: name, from: name });
const nodeRecord = fc.record({
  name,
  addr: address,
  port: uint16,
  meta: nullable,
  incarnation: uint32,
  state: fc.integer({ min: 0, max: 200 }),
  vsn: nullable,
});
const payload = bytes(2000).map((content) => Buffer.from(content));

describe('messages – what is written is read again', () => {
  /** Fields in, message, fields out. */
  const roundTrip = <T>(fields: fc.Arbitrary<T>, encode: (fields: T) => Buffer, decode: (message: Buffer) => T) =>
    fc.assert(
      fc.property(fields, (given) => {
        expect(decode(encode(given))).toEqual(given);
      }),
    );

  it('ping', () => roundTrip(fc.record({ seqNo: uint32, node: name, ...source }), encodePing, decodePing));
  it('indirect ping', () =>
    roundTrip(
      fc.record({ seqNo: uint32, target: address, port: uint16, node: name, nack: fc.boolean(), ...source }),
      encodeIndirectPing,
      decodeIndirectPing,
    ));
  it('ack', () => roundTrip(fc.record({ seqNo: uint32, payload: nullable }), encodeAck, decodeAck));
  it('nack', () => roundTrip(fc.record({ seqNo: uint32 }), encodeNack, decodeNack));
  it('suspect', () => roundTrip(accusation, encodeSuspect, decodeSuspect));
  it('dead', () => roundTrip(accusation, encodeDead, decodeDead));
  it('alive', () =>
    roundTrip(
      fc.record({ incarnation: uint32, node: name, addr: address, port: uint16, meta: nullable, vsn: nullable }),
      encodeAlive,
      decodeAlive,
    ));
  it('node record', () => roundTrip(nodeRecord, encodeNodeRecord, decodeNodeRecord));
  it('push/pull', () =>
    roundTrip(
      fc.record({ join: fc.boolean(), nodes: fc.array(nodeRecord, { maxLength: 200 }), userState: payload }),
      encodePushPull,
      decodePushPull,
    ));
  it('user message on a stream', () => roundTrip(payload, encodeUserStream, decodeUserStream));
  it('error', () => roundTrip(fc.record({ error: name }), encodeError, decodeError));
});

/** Text-like bytes repeat, random ones do not; both must come through. */
const content = fc.oneof(
  bytes(3000),
  fc
    .array(fc.constantFrom('role=web', 'node-', '7946', ' ', 'zzzz'), { maxLength: 900 })
    .map((w) => Buffer.from(w.join(''))),
  fc.integer({ min: 0, max: 50_000 }).map((length) => new Uint8Array(length)),
);

describe('wrappings – what went in comes out', () => {
  it('LZW', () => {
    fc.assert(
      fc.property(content, (given) => {
        const output = new Uint8Array(maxCompressedLength(given.length));
        const end = compressLzw(given, output, 0);
        expect(end).toBeLessThanOrEqual(output.length);
        expect(Buffer.compare(decompressLzw(output.subarray(0, end), given.length), given)).toBe(0);
      }),
    );
  });

  it('compounds', () => {
    fc.assert(
      fc.property(fc.array(bytes(30), { maxLength: 700 }), (given) => {
        const parts = makeCompounds(given).flatMap((compound) => splitCompound(compound).parts);
        expect(parts.map((part) => [...part])).toEqual(given.map((part) => [...part]));
      }),
    );
  });

  const settings: fc.Arbitrary<WireSettings> = fc
    .record({
      label: fc.string({ maxLength: 60 }),
      keys: fc.array(fc.constantFrom(16, 24, 32), { maxLength: 3 }),
      compression: fc.boolean(),
      verifyOutgoing: fc.boolean(),
      protocol: fc.constantFrom(1, 2),
    })
    .map(({ keys, verifyOutgoing, ...rest }) =>
      settingsWith({
        ...rest,
        keys: keys.map((size, i) => new Uint8Array(size).fill(i + 1)),
        verifyOutgoing,
        verifyIncoming: verifyOutgoing,
      }),
    );

  it('packets, with any settings', () => {
    fc.assert(
      fc.property(settings, payload, fc.boolean(), (given, body, crc) => {
        const message = Buffer.concat([Uint8Array.of(8), body]);
        const seen: Buffer[] = [];
        const visit = (_: number, part: Buffer) => seen.push(part);
        forEachMessage(openPacket(sealPacket(message, given, crc), given), visit, (error) => {
          throw error;
        });
        expect(seen).toEqual([message]);
      }),
    );
  });

  it('streams, with any settings and in any pieces', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(
        settings,
        fc.array(nodeRecord, { maxLength: 30 }),
        payload,
        pieces,
        (given, nodes, userState, sizes) => {
          const sent = sealStream(encodePushPull({ join: true, nodes, userState }), given, 'dialler');
          const reader = createStreamReader(given, 'acceptor');
          let message: ReturnType<typeof reader.push>;
          for (let at = 0, i = 0; at < sent.length; at += sizes[i++ % sizes.length]!) {
            expect(message).toBeUndefined();
            message = reader.push(sent.subarray(at, at + sizes[i % sizes.length]!));
          }
          expect(message).toMatchObject({ kind: 'pushPull', join: true, nodes, userState, label: given.label });
        },
      ),
    );
  });
});

describe('damaged messages – nothing but a WireError', () => {
  const samples = VECTORS.flatMap(({ hex, request, response }) => [hex, request, response])
    .filter((text) => text)
    .map((text) => Buffer.from(text!, 'hex'));
  const damaged = fc
    .record({
      sample: fc.constantFrom(...samples),
      length: fc.nat(),
      flips: fc.array(fc.record({ at: fc.nat(), bit: fc.nat(7) }), { maxLength: 5 }),
    })
    .map(({ sample, length, flips }) => {
      const copy = Buffer.from(sample.subarray(0, sample.length - (length % (sample.length + 1))));
      for (const { at, bit } of flips) if (copy.length > 0) copy[at % copy.length]! ^= 1 << bit;
      return copy;
    });
  const orWireError = (run: () => void) => {
    try {
      run();
    } catch (error) {
      expect(error).toBeInstanceOf(WireError);
    }
  };

  it('decoders', () => {
    const decoders: ((message: Buffer) => unknown)[] = [
      decodePing,
      decodeIndirectPing,
      decodeAck,
      decodeNack,
      decodeSuspect,
      decodeAlive,
      decodePushPull,
      decodeUserStream,
      decodeError,
      decompress,
      splitCompound,
    ];
    fc.assert(
      fc.property(damaged, (message) => {
        for (const decode of decoders) orWireError(() => void decode(message));
      }),
      { numRuns: 1000 },
    );
  });

  it('every truncation of every recorded packet', () => {
    const settings = settingsWith();
    for (const sample of samples) {
      for (let length = 0; length < Math.min(sample.length, 300); length++) {
        orWireError(() => {
          forEachMessage(
            openPacket(sample.subarray(0, length), settings),
            (_, message) => void decodeAlive(message),
            (error) => expect(error).toBeInstanceOf(WireError),
          );
        });
      }
    }
  });

  it('compressed – the limit holds', () => {
    fc.assert(
      fc.property(content, fc.nat(1000), (given, limit) => {
        orWireError(() => expect(decompress(compress(given), limit).length).toBeLessThanOrEqual(limit));
      }),
    );
  });
});
