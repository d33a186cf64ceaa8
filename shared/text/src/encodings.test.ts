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
    ['gb18030', '你好', 'c4e3bac3'],
    ['big5', '你好', 'a741a66e'],
    ['shift_jis', '日本', '93fa967b'],
    ['shift_jis', 'カタカナ', '834a835e834a8369'],
    ['euc-kr', '서울 커피', 'bcadbfef20c4bfc7c7'],
    ['windows-1251', 'Привет, мир', 'cff0e8e2e5f22c20ece8f0'],
    ['koi8-r', 'Привет, мир', 'f0d2c9d7c5d42c20cdc9d2'],
    ['windows-1253', 'Καλημέρα κόσμε', 'cae1ebe7ecddf1e120eafcf3ece5'],
    ['windows-1255', 'שלום עולם', 'f9ece5ed20f2e5eced'],
    ['windows-1256', 'مرحبا بالعالم', 'e3d1cdc8c720c8c7e1dac7e1e3'],
    ['euc-kr', '오늘은 날씨가 좋습니다.', 'bfc0b4c3c0ba20b3afbebeb0a120c1c1bdc0b4cfb4d92e'],
  ])('%s – one short sentence – recognised', (encoding, text, digits) => {
    expect(decodeText(hex(digits))).toEqual({ text, encoding });
  });

  it.each([
    ['Ein schöner Tag für große Wörter über Bäume.', 'windows-1252'],
    ["L'été à Paris, c'est la fête des élèves français.", 'windows-1252'],
    ['naïve café', 'windows-1252'],
    ['é', 'windows-1252'],
    ['Smörgåsbord på svenska', 'windows-1252'],
    ['Hyvää päivää, hääyöaie', 'windows-1252'],
    ['Þú ert góður maður', 'windows-1252'],
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

  it('UTF-16 – without a mark and without a single NUL byte – recognised by its letters', () => {
    for (const text of [
      '今天天气很好，我们去公园。',
      '《紅樓夢》是曹雪芹寫的。',
      '吾輩は猫である。',
      'Привет',
      '안녕하세요',
    ]) {
      for (const bigEndian of [false, true]) {
        const encoding = bigEndian ? 'utf-16be' : 'utf-16le';
        expect(decodeText(utf16(text, bigEndian, false))).toEqual({ text, encoding });
      }
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
