import { describe, expect, it } from 'vitest';
import { codeOf, settingsWith } from '../../test/wire/vectors.ts';
import { encodeLabel, labelOverhead, readLabel } from './label.ts';
import { MessageType } from './message-types.ts';
import { sealPacket } from './packet.ts';
import { createStreamReader, sealStream } from './stream.ts';

const LONG = 'a'.repeat(255);

/** Bytes and texts, one after the other. */
const build = (...parts: (number | string)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : Buffer.from(part))));
const { label: LABEL, ping: PING, error: ERROR } = MessageType;

describe('TestAddLabelHeaderToPacket', () => {
  it.each([
    ['an empty packet without a label', '', '', build()],
    ['an empty packet with a label', '', 'foo', build(LABEL, 3, 'foo')],
    ['a message with a label', 'something', 'foo', build(LABEL, 3, 'foosomething')],
    ['a message without a label', 'something', '', build('something')],
    ['the longest label', 'something', LONG, build(LABEL, 255, `${LONG}something`)],
  ])('%s', (_, message, label, packet) => {
    expect(sealPacket(Buffer.from(message), settingsWith({ label }), false)).toEqual(packet);
  });

  it('a label that is too long by one byte', () => {
    expect(() => sealPacket(Buffer.from('something'), settingsWith({ label: `${LONG}x` }), false)).toThrow(
      `label "${LONG}x" is too long`,
    );
  });
});

/** What both of upstream's tests look at. */
const UNLABELLED: [string, Buffer][] = [
  ['a ping without a label', build(PING, 'blah')],
  ['an error without a label', build(ERROR, 'blah')],
  ['version 1 of encryption without a label', build(1, 'blah')],
];
const LABELLED: [string, Buffer][] = UNLABELLED.map(([name, rest]) => [
  name.replace('without', 'with'),
  build(LABEL, 3, 'abc', rest.toString('latin1')),
]);

describe('TestRemoveLabelHeaderFromPacket', () => {
  it.each([['an empty packet', build()], ...UNLABELLED])('%s – is left as it is', (_, packet) => {
    expect(readLabel(packet, 'packet')).toEqual({ label: '', end: 0 });
  });

  it.each(LABELLED)('%s – is split', (_, packet) => {
    expect(readLabel(packet, 'packet')).toEqual({ label: 'abc', end: 5 });
  });

  it.each([
    ['too small for a label', build(LABEL, 'x')],
    ['too small for its size', build(LABEL)],
    ['truncated within the label', build(LABEL, 2, 'x')],
  ])('%s – is refused', (_, packet) => {
    expect(() => readLabel(packet, 'packet')).toThrow('cannot decode label; packet has been truncated');
    expect(codeOf(() => readLabel(packet, 'packet'))).toBe('TRUNCATED');
  });

  it('an empty label – is refused', () => {
    expect(() => readLabel(build(LABEL, 0, 'x'), 'packet')).toThrow('label header cannot be empty when present');
  });
});

describe('TestAddLabelHeaderToStream', () => {
  const seal = (label: string) => sealStream(Buffer.from('EXTRA DATA'), settingsWith({ label }), 'dialler');

  it.each([
    ['no label', '', build()],
    ['a label', 'foo', build(LABEL, 3, 'foo')],
    ['the longest label', LONG, build(LABEL, 255, LONG)],
  ])('%s', (_, label, header) => {
    expect(seal(label)).toEqual(Buffer.concat([header, Buffer.from('EXTRA DATA')]));
  });

  it('a label that is too long by one byte', () => {
    expect(() => seal(`${LONG}x`)).toThrow(`label "${LONG}x" is too long`);
  });

  it('who was dialled – writes no label', () => {
    expect(sealStream(Buffer.from('answer'), settingsWith({ label: 'foo' }), 'acceptor').toString()).toBe('answer');
  });
});

describe('TestRemoveLabelHeaderFromStream', () => {
  it('an empty stream – more is needed to tell', () => {
    expect(readLabel(build(), 'stream')).toBeUndefined();
  });

  it.each(UNLABELLED)('%s – is left as it is', (_, stream) => {
    expect(readLabel(stream, 'stream')).toEqual({ label: '', end: 0 });
  });

  it.each(LABELLED)('%s – is split', (_, stream) => {
    expect(readLabel(stream, 'stream')).toEqual({ label: 'abc', end: 5 });
  });

  it.each([
    ['too small for a label', build(LABEL, 'x')],
    ['too small for its size', build(LABEL)],
    ['truncated within the label', build(LABEL, 2, 'x')],
  ])('%s – is refused when nothing more comes', (_, stream) => {
    const reader = createStreamReader(settingsWith({ label: 'xx' }), 'acceptor');

    expect(reader.push(stream)).toBeUndefined();
    expect(() => reader.end()).toThrow('cannot decode label; stream has been truncated');
  });

  it('an empty label – is refused at once', () => {
    expect(() => readLabel(build(LABEL, 0), 'stream')).toThrow('label header cannot be empty when present');
  });
});

describe('labels', () => {
  it.each([
    ['', 0],
    ['a', 3],
    ['abcdefg', 9],
    ['ключ', 10],
  ])('TestLabelOverhead – "%s" takes %i bytes', (label, bytes) => {
    expect(labelOverhead(label)).toBe(bytes);
  });

  it('the label of one node – is not taken for that of another', () => {
    expect(encodeLabel('one').header).toEqual(build(LABEL, 3, 'one'));
    expect(encodeLabel('two').header).toEqual(build(LABEL, 3, 'two'));
    expect(encodeLabel('one').bytes.toString()).toBe('one');
  });
});
