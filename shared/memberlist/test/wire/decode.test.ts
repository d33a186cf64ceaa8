import { describe, expect, it } from 'vitest';
import { decodeHex } from '../../src/cli/decode.ts';
import { codeOf, KEY, vector } from './vectors.ts';

const hexOf = (id: string) => vector(id).hex!;

describe('decodeHex', () => {
  it('a ping – with the names of the wire, and without what is not there', () => {
    expect(decodeHex(hexOf('fn.ping_min'), { keys: [] })).toEqual({
      messages: [{ type: 'ping', fields: { SeqNo: 1, Node: 'node-b' } }],
      layers: [],
    });
    expect(decodeHex(hexOf('fn.ping_full'), { keys: [] }).messages[0]!.fields).toEqual({
      SeqNo: 70_000,
      Node: 'node-b',
      SourceAddr: '7f000001',
      SourcePort: 7946,
      SourceNode: 'node-a',
    });
  });

  it('wrapped messages – each of them, and the layers from the outermost', () => {
    const { id, hex, keys } = vector('cap.labelenc.udp.92');
    const decoded = decodeHex(hex!, { keys: keys!.map((key) => Buffer.from(key, 'hex')) });

    expect(decoded.layers, id).toEqual(['label blue', 'encrypt', 'crc', 'compound']);
    expect(decoded.messages).toEqual([
      {
        type: 'alive',
        fields: {
          Incarnation: 2,
          Node: 'B',
          Addr: '7f000001',
          Port: 18_041,
          Meta: '6d6574614232',
          Vsn: '010502000000',
        },
      },
      { type: 'user', fields: { Payload: '62636173742d66726f6d2d42' } },
    ]);
  });

  it('an ack without a payload – shows that there is none', () => {
    expect(decodeHex(hexOf('cap.old022.udp.136'), { keys: [] }).messages).toEqual([
      { type: 'ack', fields: { SeqNo: 1, Payload: null } },
    ]);
  });

  it('one side of a connection – with its nodes and its state', () => {
    const { hex, keys } = vector('cap.labelenc.tcp.103');
    const decoded = decodeHex(hex!, { keys: keys!.map((key) => Buffer.from(key, 'hex')), stream: true });

    expect(decoded).toEqual({
      layers: ['label blue', 'encrypt', 'compress'],
      messages: [
        {
          type: 'pushPull',
          fields: {
            Join: true,
            Nodes: 1,
            UserStateLen: 0,
            nodes: [
              { Name: 'C', Addr: '7f000001', Port: 18_042, Meta: '', Incarnation: 1, State: 0, Vsn: '010502000000' },
            ],
            userState: '',
          },
        },
      ],
    });
  });

  it('an answer, which has no label – is decrypted with the given one', () => {
    const { response } = vector('dlg.16');

    expect(decodeHex(response!, { keys: [KEY], label: 'blue', stream: true }).messages).toEqual([
      { type: 'ack', fields: { SeqNo: 77, Payload: null } },
    ]);
    expect(codeOf(() => decodeHex(response!, { keys: [KEY], stream: true }))).toBe('NO_KEY');
  });

  it('an error – is called as upstream does', () => {
    expect(decodeHex(vector('dlg.14').response!, { keys: [KEY], stream: true }).messages).toEqual([
      { type: 'err', fields: { Error: 'no installed keys could decrypt the message' } },
    ]);
  });

  it('a user message on a stream – as hexadecimal', () => {
    expect(decodeHex(hexOf('fn.user_stream'), { keys: [], stream: true }).messages).toEqual([
      { type: 'user', fields: { Payload: Buffer.from('hello over tcp').toString('hex') } },
    ]);
  });

  it('a plain packet – may be shown with keys, too', () => {
    expect(decodeHex(hexOf('fn.compound3'), { keys: [KEY] }).messages.map(({ type }) => type)).toEqual([
      'ping',
      'suspect',
      'user',
    ]);
    expect(decodeHex(hexOf('fn.ping_full'), { keys: [KEY] }).messages.length).toBe(1);
  });

  it('what cannot be read – is told', () => {
    const wrongKey = { keys: [Buffer.alloc(16)] };

    expect(codeOf(() => decodeHex(hexOf('fn.enc_v1_aes128_nolabel'), wrongKey))).toBe('NO_KEY');
    expect(codeOf(() => decodeHex(hexOf('cap.label.udp.120'), { keys: [], label: 'red' }))).toBe('LABEL_MISMATCH');
    expect(codeOf(() => decodeHex(hexOf('fn.compound3').slice(0, 100), { keys: [] }))).toBe('TRUNCATED');
    expect(codeOf(() => decodeHex(hexOf('fn.user_stream').slice(0, 40), { keys: [], stream: true }))).toBe('TRUNCATED');
    expect(codeOf(() => decodeHex('0e80', { keys: [] }))).toBe('UNKNOWN_TYPE');
    expect(codeOf(() => decodeHex('00', { keys: [Buffer.alloc(5)] }))).toBe('BAD_KEY');
  });

  it('spaces and capitals – are no matter', () => {
    expect(decodeHex(' 00 82 A4 4E6F6465 A6 6E6F64652D62\nA5 5365714E6F 01 ', { keys: [] }).messages).toEqual([
      { type: 'ping', fields: { SeqNo: 1, Node: 'node-b' } },
    ]);
  });

  it.each(['', 'xyz', '008', '0x00'])('"%s" – is no hexadecimal', (hex) => {
    expect(codeOf(() => decodeHex(hex, { keys: [] }))).toBe('BAD_MESSAGE');
  });
});
