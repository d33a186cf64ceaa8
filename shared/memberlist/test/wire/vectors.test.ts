import { describe, expect, it } from 'vitest';
import { decodeHex } from '../../src/cli/decode.ts';
import { CHECKSUM_BYTES } from '../../src/wire/checksum.ts';
import { makeCompounds, splitCompound } from '../../src/wire/compound.ts';
import { compress, decompress } from '../../src/wire/compression.ts';
import { type EncryptionVersion, encrypt } from '../../src/wire/encryption.ts';
import { encodeLabel } from '../../src/wire/label.ts';
import { MessageType } from '../../src/wire/message-types.ts';
import { encodePushPull, encodeUserStream } from '../../src/wire/messages.ts';
import { forEachMessage, openPacket, sealPacket, type WireSettings } from '../../src/wire/packet.ts';
import { createStreamReader, type StreamMessage, sealStream } from '../../src/wire/stream.ts';
import { decodeReference, encodeLeaf, encodeStream, leaves, streamReference } from './reference.ts';
import { bytesOf, fromHex, settingsOf, VECTORS, type Vector, vector } from './vectors.ts';

const ofKind = (...kinds: Vector['kind'][]) => VECTORS.filter(({ kind }) => kinds.includes(kind));
const recorded = (vectors: readonly Vector[]) => vectors.filter(({ id }) => id.startsWith('cap.'));

/** All messages of a packet, with their type bytes. */
function messagesOf(packet: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  forEachMessage(
    packet,
    (_, message) => messages.push(message),
    (error) => {
      throw error;
    },
  );
  return messages;
}

/** What one side wrote, in pieces of some bytes. */
function readStream(bytes: Buffer, settings: WireSettings, pieceBytes = bytes.length): StreamMessage {
  const reader = createStreamReader(settings, bytes[0] === MessageType.label ? 'acceptor' : 'dialler');
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const message = reader.push(bytes.subarray(at, at + pieceBytes));
    if (message) return message;
  }
  reader.end();
  throw new Error('neither a message nor an error');
}

describe('recorded packets', () => {
  const packets = recorded(ofKind('packet'));

  it.each(packets)('$id ($description) – holds what the reference decoder saw', (recording) => {
    const opened = openPacket(fromHex(recording.hex!), settingsOf(recording));

    expect(messagesOf(opened).map(decodeReference)).toEqual(leaves(recording.decoded!));
  });

  it.each(packets)('$id – is wrapped as the reference decoder saw', ({ hex, keys, decoded }) => {
    const { label, enc, crc, t, inner } = decoded!;
    const layers = [
      ...(label ? [`label ${label}`] : []),
      ...(enc === undefined ? [] : ['encrypt']),
      ...(crc ? ['crc'] : []),
      ...(t === 'compress' ? ['compress'] : []),
      ...((inner ?? decoded!).t === 'compound' ? ['compound'] : []),
    ];

    expect(decodeHex(hex!, { keys: (keys ?? []).map(fromHex) }).layers).toEqual(layers);
  });

  it.each(packets)('$id – is written again byte for byte, from its fields up', (recording) => {
    const datagram = fromHex(recording.hex!);
    const settings = settingsOf(recording);
    const { crc = false, t, enc } = recording.decoded!;
    const opened = openPacket(datagram, settings);
    const content = t === 'compress' ? decompress(opened) : opened;
    const messages = (content[0] === MessageType.compound ? splitCompound(content).parts : [content]).map(encodeLeaf);
    const rebuilt = content[0] === MessageType.compound ? makeCompounds(messages)[0]! : messages[0]!;
    const plain = { ...settings, compression: t === 'compress', verifyOutgoing: false };

    if (enc === undefined) {
      expect(sealPacket(rebuilt, plain, crc)).toEqual(datagram);
    } else {
      const { header, bytes } = encodeLabel(settings.label);
      const nonce = datagram.subarray(header.length + 1, header.length + 13);
      const sealed = encrypt(sealPacket(rebuilt, { ...plain, label: '' }, crc), {
        version: enc as EncryptionVersion,
        key: settings.keyring.cipherKeys[0]!,
        associated: bytes,
        prefix: header,
        nonce,
      });
      expect(sealed).toEqual(datagram);
    }
  });
});

describe('recorded streams', () => {
  const halves = ofKind('stream-half');

  it.each(halves)('$id ($description) – holds what the reference decoder saw', (recording) => {
    const message = readStream(fromHex(recording.hex!), settingsOf(recording));
    const { labelHeader = '', enc, compressed = false, ...fields } = recording.decoded!;

    expect(streamReference(message)).toEqual(fields);
    expect(message).toMatchObject({ label: labelHeader, encrypted: enc !== undefined, compressed });
  });

  it.each(halves)('$id – is the same in pieces of one byte', (recording) => {
    const bytes = fromHex(recording.hex!);
    const settings = settingsOf(recording);

    expect(readStream(bytes, settings, 1)).toEqual(readStream(bytes, settings));
  });

  it.each(halves)('$id – is written again byte for byte, from its fields up', (recording) => {
    const bytes = fromHex(recording.hex!);
    const settings = settingsOf(recording);
    const message = readStream(bytes, settings);
    const role = message.label ? 'dialler' : 'acceptor';
    const plain = { ...settings, compression: message.compressed, verifyOutgoing: false };
    const encoded = encodeStream(message);

    if (!message.encrypted) {
      expect(sealStream(encoded, plain, role)).toEqual(bytes);
    } else {
      const { header, bytes: label } = encodeLabel(settings.label);
      const start = role === 'dialler' ? header.length : 0;
      const frame = bytes.subarray(start, start + 5);
      const sealed = encrypt(sealStream(encoded, plain, 'acceptor'), {
        version: recording.decoded!.enc as EncryptionVersion,
        key: settings.keyring.cipherKeys[0]!,
        associated: Buffer.concat([frame, label]),
        prefix: bytes.subarray(0, start + 5),
        nonce: bytes.subarray(start + 6, start + 18),
      });
      expect(sealed).toEqual(bytes);
    }
  });

  const answered = ofKind('stream-dialog').filter(({ decoded }) => decoded);
  it.each(answered)('$id ($description) – the answer is read', (dialog) => {
    const { enc, ...fields } = dialog.decoded!;
    const message = readStream(fromHex(dialog.response!), settingsOf(dialog));

    expect(streamReference(message)).toEqual(fields);
    expect(message.encrypted).toBe(enc !== undefined);
  });
});

describe('what upstream does with streams', () => {
  const outcome = (dialog: Vector): string => {
    const reader = createStreamReader(settingsOf(dialog), 'acceptor');
    try {
      const message = reader.push(fromHex(dialog.request!));
      if (!message) reader.end();
      return `${message?.kind}`;
    } catch (error) {
      const { message } = error as Error;
      return reader.stage === 'layers' ? `error: ${message}` : 'closed';
    }
  };

  it.each(ofKind('stream-dialog'))('$id ($description) – is done here as well', (dialog) => {
    const { t, Error: text } = dialog.decoded ?? {};
    const expected = dialog.decoded === null ? 'closed' : t === 'err' ? `error: ${text}` : t === 'ack' ? 'ping' : t;
    expect(outcome(dialog)).toBe(expected);
  });
});

describe('messages of upstream’s own functions', () => {
  it.each(ofKind('msg'))('$id ($description) – is written again byte for byte', ({ hex }) => {
    expect(encodeLeaf(fromHex(hex!)).toString('hex')).toBe(hex);
  });

  it('fn.ping_full – has the fields that went into it', () => {
    expect(decodeReference(bytesOf('fn.ping_full'))).toEqual({
      t: 'ping',
      Node: 'node-b',
      SeqNo: 70000,
      SourceAddr: 'hex:7f000001',
      SourceNode: 'node-a',
      SourcePort: 7946,
    });
  });

  it('fn.compound3, fn.crc_compound3 – written again byte for byte', () => {
    const compound = bytesOf('fn.compound3');
    const rebuilt = makeCompounds(splitCompound(compound).parts.map(encodeLeaf))[0]!;

    expect(rebuilt).toEqual(compound);
    const settings = settingsOf(vector('fn.crc_compound3'));
    expect(sealPacket(rebuilt, settings, true)).toEqual(bytesOf('fn.crc_compound3'));
    expect(bytesOf('fn.crc_compound3').length).toBe(compound.length + CHECKSUM_BYTES);
  });

  const compressed = VECTORS.filter(({ id }) => id.startsWith('fn.compress_'));
  it.each(compressed)('$id – the same bytes come out of LZW', ({ hex, plain }) => {
    expect(compress(fromHex(plain!)).toString('hex')).toBe(hex);
  });

  it.each(compressed.filter(({ plain }) => plain))('$id – is decompressed', ({ hex, plain }) => {
    expect(decompress(fromHex(hex!)).toString('hex')).toBe(plain);
  });

  it('fn.compress_empty – nothing in it is an error', () => {
    expect(() => decompress(bytesOf('fn.compress_empty'))).toThrow('decompressed message is empty');
  });

  const packets = VECTORS.filter(({ id }) => id.startsWith('fn.enc_'));
  it.each(packets)('$id – encrypted with its nonce byte for byte, and back', (recording) => {
    const { header, bytes } = encodeLabel(recording.label!);
    const settings = settingsOf(recording);
    const plain = fromHex(recording.plain!);
    const sealed = encrypt(plain, {
      version: recording.id.includes('_v0_') ? 0 : 1,
      key: settings.keyring.cipherKeys[0]!,
      associated: bytes,
      prefix: header,
      nonce: fromHex(recording.nonce!),
    });

    expect(sealed.toString('hex')).toBe(recording.hex);
    expect(openPacket(sealed, settings)).toEqual(plain);
  });

  const streams = VECTORS.filter(({ id }) => id.startsWith('fn.stream_enc_'));
  it.each(streams)('$id – encrypted with its nonce byte for byte, and back', (recording) => {
    const bytes = fromHex(recording.hex!);
    const settings = settingsOf(recording);
    const { header, bytes: label } = encodeLabel(recording.label!);
    const frame = bytes.subarray(header.length, header.length + 5);
    const sealed = encrypt(fromHex(recording.plain!), {
      version: 1,
      key: settings.keyring.cipherKeys[0]!,
      associated: Buffer.concat([frame, label]),
      prefix: Buffer.concat([header, frame]),
      nonce: fromHex(recording.nonce!),
    });

    expect(sealed.toString('hex')).toBe(recording.hex);
    expect(readStream(bytes, settings)).toMatchObject({ kind: 'ping', node: 'node-b', seqNo: 9, encrypted: true });
  });

  it('fn.pushpull_sync_empty, fn.user_stream – written again byte for byte', () => {
    const empty = { join: false, nodes: [], userState: Buffer.alloc(0) };
    expect(encodePushPull(empty)).toEqual(bytesOf('fn.pushpull_sync_empty'));
    expect(readStream(bytesOf('fn.pushpull_sync_empty'), settingsOf(vector('fn.user_stream')))).toMatchObject(empty);
    expect(encodeUserStream(Buffer.from('hello over tcp'))).toEqual(bytesOf('fn.user_stream'));
  });
});
