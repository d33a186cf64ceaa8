import { describe, expect, it } from 'vitest';
import { bytesOf, codeOf, fromHex, KEY, settingsWith } from '../../test/wire/vectors.ts';
import { makeCompounds } from './compound.ts';
import { compress } from './compression.ts';
import { decodePing, encodePing } from './messages.ts';
import { forEachMessage, openPacket, packetOverhead, sealPacket } from './packet.ts';
import type { WireError } from './wire-error.ts';

const ping = encodePing({ seqNo: 42, node: 'node-b' });
const user = Buffer.from('\u0008hello');
const text = Buffer.from(`\u0008${'a gossip of some length, '.repeat(20)}`);

/** What is visited, and which errors there are. */
function walk(message: Buffer): { seen: string[]; errors: string[] } {
  const seen: string[] = [];
  const errors: string[] = [];
  forEachMessage(
    message,
    (type, part) => seen.push(`${type}:${part.subarray(1, 12).toString('latin1')}`),
    (error) => errors.push(error.code),
  );
  return { seen, errors };
}

describe('sealPacket and openPacket', () => {
  it('nothing to add – the message itself', () => {
    expect(sealPacket(ping, settingsWith(), false)).toEqual(ping);
    expect(openPacket(ping, settingsWith())).toEqual(ping);
  });

  it('compression – only where the packet gets smaller', () => {
    const settings = settingsWith({ compression: true });
    const noise = Buffer.from(Array.from({ length: 200 }, (_, i) => (i * 167 + (i >> 4)) & 0xff));

    expect(sealPacket(text, settings, false)).toEqual(compress(text));
    expect(sealPacket(noise, settings, false)).toEqual(noise);
    expect(sealPacket(Buffer.alloc(40, 8), settings, false)).toEqual(Buffer.alloc(40, 8));
  });

  it('TestIngestPacket_CRC – a packet whose checksum does not fit is refused', () => {
    const packet = sealPacket(text, settingsWith(), true);
    expect(packet.length).toBe(text.length + 5);
    expect(openPacket(packet, settingsWith())).toEqual(text);
    packet[1]! += 1;

    expect(() => openPacket(packet, settingsWith())).toThrow('invalid checksum');
    expect(codeOf(() => openPacket(packet, settingsWith()))).toBe('BAD_CHECKSUM');
  });

  it('a checksum that is not whole – is no checksum', () => {
    expect(walk(openPacket(fromHex('0c000000'), settingsWith())).errors).toEqual(['UNKNOWN_TYPE']);
  });

  it('another label, or none – is refused', () => {
    const ours = settingsWith({ label: 'blue' });
    const sealedWith = (label: string) => sealPacket(ping, settingsWith({ label }), false);

    expect(openPacket(sealedWith('blue'), ours)).toEqual(ping);
    expect(() => openPacket(sealedWith('red'), ours)).toThrow('discarding packet with unacceptable label "red"');
    expect(codeOf(() => openPacket(sealedWith(''), ours))).toBe('LABEL_MISMATCH');
    expect(codeOf(() => openPacket(sealedWith('blue'), settingsWith()))).toBe('LABEL_MISMATCH');
  });

  it('labels that something else takes off – are refused, and still authenticated', () => {
    const behind = settingsWith({ label: 'blue', keys: [KEY], skipInboundLabelCheck: true });
    const packet = sealPacket(ping, behind, false);

    expect(() => openPacket(packet, behind)).toThrow('unexpected double packet label header');
    expect(openPacket(packet.subarray(6), behind)).toEqual(ping);
  });

  it('who has keys and wants them used – refuses plain text', () => {
    const ours = settingsWith({ keys: [KEY] });

    expect(codeOf(() => openPacket(text, ours))).toBe('UNSUPPORTED_VERSION');
    expect(openPacket(sealPacket(ping, ours, false), ours)).toEqual(ping);
    expect(() => openPacket(sealPacket(ping, settingsWith({ keys: [Buffer.alloc(16)] }), false), ours)).toThrow(
      'no installed keys could decrypt the message',
    );
  });

  it('who has keys and does not insist – takes both', () => {
    const ours = settingsWith({ keys: [KEY], verifyIncoming: false });

    expect(openPacket(text, ours)).toEqual(text);
    expect(openPacket(sealPacket(text, settingsWith({ keys: [KEY] }), true), ours)).toEqual(text);
  });

  it('keys that are not used for sending – leave packets plain', () => {
    expect(sealPacket(text, settingsWith({ keys: [KEY], verifyOutgoing: false }), false)).toEqual(text);
  });

  it('protocol 1 – pads, and both versions are understood', () => {
    const old = settingsWith({ keys: [KEY], protocol: 1 });
    const current = settingsWith({ keys: [KEY] });

    expect(sealPacket(ping, old, false)[0]).toBe(0);
    expect(sealPacket(ping, current, false)[0]).toBe(1);
    expect(openPacket(sealPacket(ping, old, false), current)).toEqual(ping);
    expect(openPacket(sealPacket(ping, current, false), old)).toEqual(ping);
  });

  it.each([
    [{}, 0],
    [{ label: 'blue' }, 6],
    [{ keys: [KEY] }, 29],
    [{ keys: [KEY], protocol: 1 }, 45],
    [{ keys: [KEY], label: 'blue' }, 35],
    [{ keys: [KEY], verifyOutgoing: false }, 0],
  ])('packetOverhead – with %j it is %i bytes', (settings, overhead) => {
    expect(packetOverhead(settingsWith(settings))).toBe(overhead);
  });
});

describe('forEachMessage', () => {
  it('compounds in compression in compounds – every message is visited, in order', () => {
    const inner = compress(makeCompounds([user, user])[0]!);

    expect(walk(makeCompounds([ping, inner, user])[0]!)).toEqual({
      seen: [`0:${ping.subarray(1, 12).toString('latin1')}`, '8:hello', '8:hello', '8:hello'],
      errors: [],
    });
  });

  it('a part that is wrong – the others are still visited', () => {
    const parts = [user, Buffer.alloc(0), fromHex('0e80'), fromHex('0980'), fromHex('0c00000000'), user];

    expect(walk(makeCompounds(parts)[0]!)).toEqual({
      seen: ['8:hello', '8:hello'],
      errors: ['TRUNCATED', 'UNKNOWN_TYPE', 'BAD_COMPRESSION', 'UNKNOWN_TYPE'],
    });
  });

  it('a truncated compound – its whole parts are visited, and it is told', () => {
    expect(walk(bytesOf('fn.compound3').subarray(0, 70))).toMatchObject({
      seen: [expect.stringMatching(/^0:/), expect.stringMatching(/^3:/)],
      errors: ['TRUNCATED'],
    });
  });

  it('TestHandleCommand – nothing at all is an error', () => {
    const errors: string[] = [];
    forEachMessage(Buffer.alloc(0), expect.fail, ({ message }) => errors.push(message));

    expect(errors).toEqual(['missing message type byte']);
  });

  it.each([6, 10, 12, 13, 14, 244, 255])('type %i – is not for packets', (type) => {
    expect(walk(Buffer.of(type, 0x80))).toEqual({ seen: [], errors: ['UNKNOWN_TYPE'] });
  });

  it('a WireError of the visitor – goes with the others, another error does not', () => {
    const compound = makeCompounds([fromHex('00ff'), ping])[0]!;
    const seen: number[] = [];
    const errors: string[] = [];
    forEachMessage(
      compound,
      (_, message) => seen.push(decodePing(message).seqNo),
      ({ code }) => errors.push(code),
    );

    expect({ seen, errors }).toEqual({ seen: [42], errors: ['BAD_MESSAGE'] });
    const failing = () => {
      throw new RangeError('a bug');
    };
    expect(() => forEachMessage(compound, failing, () => {})).toThrow(RangeError);
  });

  it('too deep – is refused', () => {
    let message: Buffer = user;
    for (let depth = 0; depth < 8; depth++) message = depth % 2 ? compress(message) : makeCompounds([message])[0]!;

    expect(walk(message)).toEqual({ seen: ['8:hello'], errors: [] });
    expect(walk(compress(message))).toEqual({ seen: [], errors: ['TOO_LARGE'] });
  });

  it('many bombs in one packet – share one limit', () => {
    const bomb = compress(Buffer.alloc(30 * 1024 * 1024, 8));
    const errors: WireError[] = [];
    let visited = 0;
    forEachMessage(
      makeCompounds([bomb, bomb, bomb])[0]!,
      () => visited++,
      (error) => errors.push(error),
    );

    expect(visited).toBe(1);
    expect(errors.map(({ code }) => code)).toEqual(['TOO_LARGE', 'TOO_LARGE']);
  });

  it('a bomb that fails – leaves nothing to decompress for the next', () => {
    const bomb = compress(Buffer.alloc(41 * 1024 * 1024, 8));
    const small = compress(text);

    expect(walk(makeCompounds([small, bomb, small, user])[0]!)).toMatchObject({
      seen: ['8:a gossip of', '8:hello'],
      errors: ['TOO_LARGE', 'TOO_LARGE'],
    });
  });

  it('compounds in compounds – hold at most 16384 messages and 255 wrong parts', () => {
    const full = (part: Buffer) => makeCompounds(Array.from({ length: 255 }, () => part))[0]!;

    expect(walk(full(full(user))).seen.length).toBe(16_384);
    expect(walk(full(full(Buffer.alloc(0))))).toEqual({ seen: [], errors: Array(255).fill('TRUNCATED') });
    expect(walk(full(user)).seen.length).toBe(255);
  });
});
