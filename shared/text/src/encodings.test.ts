import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, ENCODINGS } from './encodings.ts';
import { NotTextError } from './errors.ts';

/** Bytes of texts as programs of their time wrote them, made with iconv. */
const hex = (digits: string) => Uint8Array.from(Buffer.from(digits, 'hex'));
const utf16 = (text: string, bigEndian: boolean, bom: boolean) => {
  const bytes = Buffer.from(`${bom ? '\ufeff' : ''}${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('decodeText', () => {
  it.each([
    ['gb18030', '今天天气很好，我们去公园散步吧。', 'bdf1ccecccecc6f8badcbac3a3acced2c3c7c8a5b9abd4b0c9a2b2bdb0c9a1a3'],
    ['gb18030', '中国的诗人', 'd6d0b9fab5c4caabc8cb'],
    ['big5', '今天天氣很好，我們去公園散步吧。', 'a4b5a4d1a4d1aef0abdca66ea141a7daadcca568a4bdb6e9b4b2a842a761a143'],
    ['shift_jis', '今日はいい天気ですね。', '8da193fa82cd82a282a293568b4382c582b782cb8142'],
    ['euc-kr', '오늘은 날씨가 좋습니다.', 'bfc0b4c3c0ba20b3afbebeb0a120c1c1bdc0b4cfb4d92e'],
  ])('%s – one short sentence – recognised', (encoding, text, digits) => {
    expect(decodeText(hex(digits))).toEqual({ text, encoding });
  });

  it.each([
    ['Ein schöner Tag für große Wörter über Bäume.', 'windows-1252'],
    ["L'été à Paris, c'est la fête des élèves français.", 'windows-1252'],
    ['naïve café', 'windows-1252'],
  ])('Latin-1 – %s – recognised', (text, encoding) => {
    expect(decodeText(latin1(text))).toEqual({ text, encoding });
  });

  it.each([
    [false, true],
    [true, true],
    [false, false],
    [true, false],
  ])('UTF-16 – big endian %s, byte order mark %s – recognised', (bigEndian, bom) => {
    for (const text of ['Hello, world: plain words.', '今天 天气 很好\n我们 去 公园\n']) {
      expect(decodeText(utf16(text, bigEndian, bom))).toEqual({ text, encoding: bigEndian ? 'utf-16be' : 'utf-16le' });
    }
  });

  it('UTF-8 – with a byte order mark, and with a broken character – is still UTF-8', () => {
    expect(decodeText(Buffer.from('\ufeffgrün'))).toEqual({ text: 'grün', encoding: 'utf-8' });
    const broken = Buffer.concat([Buffer.from('这是一个很长的句子。'.repeat(20)), Buffer.from([0xe4, 0xb8])]);
    expect(decodeText(broken).encoding).toBe('utf-8');
  });

  it('binary – NUL bytes or many control characters – NotTextError', () => {
    expect(() => decodeText(Uint8Array.from({ length: 500 }, (_, i) => (i * 7) % 256))).toThrow(NotTextError);
    expect(() => decodeText(hex('0102030405060708'.repeat(10)))).toThrow('binary');
  });

  it('any string – written in UTF-8 – comes back', () => {
    const strings = fc.string({ unit: 'binary' }).filter((text) => !/\p{Cc}/u.test(text) && !text.startsWith('\ufeff'));
    fc.assert(fc.property(strings, (text) => decodeText(Buffer.from(text)).text === text));
  });

  it('any bytes – text in a known encoding, or NotTextError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          expect(ENCODINGS).toContain(decodeText(bytes).encoding);
        } catch (error) {
          expect(error).toBeInstanceOf(NotTextError);
        }
      }),
    );
  });
});
