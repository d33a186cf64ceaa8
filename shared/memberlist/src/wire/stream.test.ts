import { describe, expect, it } from 'vitest';
import { codeOf, fromHex, KEY, settingsWith } from '../../test/wire/vectors.ts';
import { compress } from './compression.ts';
import { encodeError, encodePing, encodePushPull, encodeUserStream } from './messages.ts';
import type { WireSettings } from './packet.ts';
import { createStreamReader, type StreamRole, sealStream } from './stream.ts';

const ping = encodePing({ seqNo: 42, node: 'node-b' });
const secret = settingsWith({ keys: [KEY] });

/** How many bytes a stream has been read until it is refused, and why; `pushed` is all of it when it is not. */
function readBytewise(bytes: Buffer, settings: WireSettings, role: StreamRole = 'acceptor') {
  const reader = createStreamReader(settings, role);
  for (let at = 0; at < bytes.length; at++) {
    try {
      const message = reader.push(bytes.subarray(at, at + 1));
      if (message) return { pushed: at + 1, kind: message.kind, stage: reader.stage };
    } catch (error) {
      return { pushed: at + 1, text: (error as Error).message, stage: reader.stage };
    }
  }
  return { pushed: bytes.length, text: 'needs more', stage: reader.stage };
}

const header = (nodes: string, userState: string) =>
  fromHex(`0683a44a6f696ec2a54e6f646573${nodes}ac5573657253746174654c656e${userState}`);

describe('streams', () => {
  it('TestEncryptDecryptState – a state is framed, encrypted and read', () => {
    const state = Buffer.from('this is our internal state...');
    const bytes = sealStream(encodeUserStream(state), secret, 'acceptor');

    expect(bytes[0]).toBe(10);
    expect(bytes.readUInt32BE(1)).toBe(bytes.length - 5);
    expect(createStreamReader(secret, 'dialler').push(bytes)).toMatchObject({
      kind: 'user',
      payload: state,
      encrypted: true,
      compressed: false,
    });
  });

  it('TestReadRemoteState_Limits – ten million nodes are refused by the header', () => {
    expect(readBytewise(header('d200989680', '64'), settingsWith())).toMatchObject({
      text: 'number of nodes in header (10000000) exceeds limit',
      stage: 'message',
    });
  });

  it('TestReadRemoteState_Limits – 30 MB of user state are refused by the header', () => {
    expect(readBytewise(header('00', 'd201c9c380'), settingsWith())).toMatchObject({
      text: 'user state length (30000000) exceeds limit',
      stage: 'message',
    });
  });

  it('TestReadUserMsg_Limit – a user message of 30 MB is refused by the header', () => {
    const message = fromHex('0881aa557365724d73674c656ed201c9c380');

    expect(readBytewise(message, settingsWith())).toEqual({
      pushed: message.length,
      text: 'user message length (30000000) exceeds limit',
      stage: 'message',
    });
  });

  it.each(['d1ffff', 'ff', 'd3ffffffffffffffff'])('a count below zero (%s) – is refused', (count) => {
    expect(readBytewise(header(count, '00'), settingsWith()).text).toMatch(/nodes in header \(-1\) exceeds limit/);
    expect(readBytewise(header('00', count), settingsWith()).text).toMatch(/state length \(-1\) exceeds limit/);
  });

  it('an encrypted stream that announces too much – is refused by its fifth byte', () => {
    expect(readBytewise(fromHex('0a01400001'), secret)).toEqual({
      pushed: 5,
      text: 'remote node state is larger than limit (20971521)',
      stage: 'layers',
    });
    expect(readBytewise(fromHex('0a01400000'), secret).text).toBe('needs more');
  });

  it('what cannot be encrypted – is refused by its sixth byte', () => {
    expect(readBytewise(fromHex('0a0000010007'), secret)).toMatchObject({
      pushed: 6,
      text: 'unsupported encryption version 7',
    });
    expect(readBytewise(fromHex('0a0000000a01'), secret)).toMatchObject({
      pushed: 6,
      text: 'payload is too small to decrypt: 10',
    });
  });

  it('an encrypted stream without keys here – is refused by its first byte', () => {
    expect(readBytewise(sealStream(ping, secret, 'dialler'), settingsWith())).toEqual({
      pushed: 1,
      text: 'remote state is encrypted and encryption is not configured',
      stage: 'layers',
    });
  });

  it('a plain stream where encryption is wanted – is refused by its first byte', () => {
    expect(readBytewise(ping, secret)).toEqual({
      pushed: 1,
      text: 'encryption is configured but remote state is not encrypted',
      stage: 'layers',
    });
    expect(readBytewise(ping, { ...secret, verifyIncoming: false })).toMatchObject({ kind: 'ping' });
  });

  it('another key – is told to the other side', () => {
    const bytes = sealStream(ping, settingsWith({ keys: [Buffer.alloc(32)] }), 'dialler');

    expect(readBytewise(bytes, secret)).toEqual({
      pushed: bytes.length,
      text: 'no installed keys could decrypt the message',
      stage: 'layers',
    });
  });

  it('another label – is not told to the other side', () => {
    const bytes = sealStream(ping, settingsWith({ label: 'red' }), 'dialler');

    expect(readBytewise(bytes, settingsWith({ label: 'blue' }))).toEqual({
      pushed: 5,
      text: 'discarding stream with unacceptable label "red"',
      stage: 'label',
    });
    expect(readBytewise(ping, settingsWith({ label: 'blue' }))).toMatchObject({ pushed: 1, stage: 'label' });
    expect(readBytewise(bytes, settingsWith({ label: 'red', skipInboundLabelCheck: true })).text).toBe(
      'unexpected double stream label header',
    );
  });

  it('the answer – has no label, but it is authenticated', () => {
    const blue = settingsWith({ keys: [KEY], label: 'blue' });
    const answer = sealStream(encodeError({ error: 'no' }), blue, 'acceptor');

    expect(readBytewise(answer, blue, 'dialler').kind).toBe('error');
    expect(readBytewise(answer, secret, 'dialler').text).toBe('no installed keys could decrypt the message');
    expect(readBytewise(sealStream(ping, blue, 'dialler'), blue, 'dialler')).toMatchObject({ pushed: 1 });
  });

  it.each([1, 3, 4, 5, 7, 10, 11, 12, 14, 244])('type %i in a plain stream – is refused by its first byte', (type) => {
    const result = readBytewise(Buffer.of(type, 0x80), settingsWith(), 'dialler');

    expect(result.pushed).toBe(1);
    expect(result.text).toMatch(type === 10 ? /is encrypted/ : `received invalid msgType (${type})`);
  });

  it('an unknown type in compression – is refused without a word', () => {
    expect(readBytewise(compress(Buffer.from('\u0003\u0080')), settingsWith())).toMatchObject({
      text: 'received invalid msgType (3)',
      stage: 'message',
    });
    expect(readBytewise(compress(compress(ping)), settingsWith()).text).toBe('received invalid msgType (9)');
  });

  it('nothing in encryption – is an error', () => {
    const bytes = sealStream(Buffer.alloc(0), secret, 'dialler');

    expect(readBytewise(bytes, secret).text).toBe('missing message type byte');
  });

  it('values that claim more than is allowed – are refused by their length', () => {
    expect(readBytewise(fromHex('0081a44e6f6465dbffffffff'), settingsWith()).text).toBe(
      'a stream message is larger than limit (65536)',
    );
    expect(readBytewise(fromHex('0081a35a7a7addffffffff'), settingsWith()).text).toMatch(/larger than limit/);
    expect(readBytewise(fromHex('0982a4416c676f00a3427566db02800000'), settingsWith()).text).toBe(
      'a stream message is larger than limit (41943040)',
    );
  });

  it('a push/pull in pieces of any size – is whole with its last byte, not before', () => {
    const nodes = Array.from({ length: 20 }, (_, i) => ({
      name: `node-${i}`,
      addr: Uint8Array.of(10, 0, 0, i),
      port: 7946,
      meta: new Uint8Array(i * 9).fill(i),
      incarnation: i,
      state: i % 4,
      vsn: Uint8Array.of(1, 5, 2, 0, 0, 0),
    }));
    const bytes = encodePushPull({ join: true, nodes, userState: Buffer.from('state') });

    for (const size of [1, 2, 7, 100, bytes.length - 1, bytes.length]) {
      const reader = createStreamReader(settingsWith(), 'acceptor');
      let at = 0;
      for (; at + size < bytes.length; at += size) expect(reader.push(bytes.subarray(at, at + size))).toBeUndefined();
      expect(reader.push(bytes.subarray(at))).toMatchObject({
        kind: 'pushPull',
        join: true,
        nodes,
        userState: Buffer.from('state'),
      });
    }
  });

  it('megabytes in small pieces – take time by their size, not by its square', () => {
    const bytes = encodeUserStream(Buffer.alloc(4 * 1024 * 1024, 7));
    const reader = createStreamReader(settingsWith(), 'acceptor');
    const start = performance.now();
    let message: ReturnType<typeof reader.push>;
    for (let at = 0; at < bytes.length; at += 64) message = reader.push(bytes.subarray(at, at + 64));

    expect(message).toMatchObject({ kind: 'user' });
    // 65 000 pieces; looking at all of them again for each would take minutes.
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('what comes after the message – is ignored', () => {
    const reader = createStreamReader(settingsWith(), 'acceptor');

    expect(reader.push(Buffer.concat([ping, ping]))).toMatchObject({ kind: 'ping', seqNo: 42 });
    expect(reader.push(ping)).toBeUndefined();
    expect(() => reader.end()).not.toThrow();
  });

  it('an end before the message’s – is an error, once', () => {
    const reader = createStreamReader(settingsWith(), 'acceptor');
    reader.push(ping.subarray(0, 9));

    expect(codeOf(() => reader.end())).toBe('TRUNCATED');
    expect(codeOf(() => createStreamReader(settingsWith(), 'dialler').end())).toBe('TRUNCATED');
  });

  it('an error – ends the reading', () => {
    const reader = createStreamReader(settingsWith(), 'acceptor');

    expect(codeOf(() => reader.push(Buffer.of(3)))).toBe('UNKNOWN_TYPE');
    expect(reader.push(ping)).toBeUndefined();
    expect(() => reader.end()).not.toThrow();
  });

  it('pieces – are not written to', () => {
    const [first, second] = [Buffer.from(ping.subarray(0, 9)), Buffer.from(ping.subarray(9))];
    const reader = createStreamReader(settingsWith(), 'acceptor');
    reader.push(first);
    reader.push(second);

    expect(Buffer.concat([first, second])).toEqual(ping);
  });

  it('all is compressed where compression is on, even what gets larger', () => {
    expect(sealStream(ping, settingsWith({ compression: true }), 'acceptor')).toEqual(compress(ping));
    expect(compress(ping).length).toBeGreaterThan(ping.length);
  });

  it('more than a peer would take – is not sent', () => {
    const large = Buffer.alloc(20 * 1024 * 1024 - 28);
    expect(codeOf(() => sealStream(large, secret, 'dialler'))).toBe('TOO_LARGE');
    expect(codeOf(() => encodeUserStream(Buffer.alloc(20 * 1024 * 1024 + 1)))).toBe('TOO_LARGE');
  });
});
