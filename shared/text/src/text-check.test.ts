import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './encodings.ts';
import { createTextCheck } from './text-check.ts';

function verdictOf(...chunks: Uint8Array[]) {
  const check = createTextCheck();
  for (const chunk of chunks) check.push(chunk);
  return check.verdict();
}

describe('createTextCheck', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'a PNG image'],
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'a JPEG image'],
    ['PK\x03\x04\x14\0\x06\0', 'a ZIP archive or an Office document'],
    ['\x7fELF\x02\x01\x01', 'a program'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'a WebP image'],
  ])('%j – says what it is', (start, name) => {
    expect(verdictOf(Buffer.from(start, 'latin1'))).toEqual({ ok: false, reason: `The file is ${name}, not a text.` });
  });

  it.each([
    '%PDF-1.7\n%\xe2\xe3\xcf\xd3\0\0\0\0',
    `PK\x03\x04${'\0'.repeat(22)}\x08\0\x04\0mimetypeapplication/epub+zip`,
    `PK\x03\x04${'\0'.repeat(22)}\x13\0\x04\0[Content_Types].xml`,
    `PK\x03\x04${'\0'.repeat(22)}\x11\0\x04\0word/document.xml`,
  ])('%j – may be a document', (start) => {
    expect(verdictOf(Buffer.from(start, 'latin1'))).toEqual({ ok: true, encoding: null });
  });

  it('an archive of something else – says what it is', () => {
    const bytes = Buffer.from(`PK\x03\x04${'\0'.repeat(22)}\x09\0\0\0photo.jpg`, 'latin1');
    expect(verdictOf(bytes)).toMatchObject({ ok: false, reason: expect.stringContaining('ZIP archive') });
  });

  it('random bytes – binary', () => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * i * 31 + i * 17) & 0xff);
    expect(verdictOf(bytes)).toMatchObject({ ok: false });
  });

  it('a text whose end is binary – binary, although its beginning was fine', () => {
    const check = createTextCheck();
    check.push(Buffer.from('Plain words. '.repeat(100)));
    expect(check.verdict()).toEqual({ ok: true, encoding: 'utf-8' });
    check.push(new Uint8Array(5000));
    expect(check.verdict()).toMatchObject({ ok: false });
  });

  it.each(['BMW builds cars.', 'MZ is the initials of a man.', 'ID3 tags are for music.'])(
    '%s – a text after all',
    (text) => {
      expect(verdictOf(Buffer.from(text))).toEqual({ ok: true, encoding: 'utf-8' });
    },
  );

  it.each(['utf-16 with a mark', 'utf-16 without'])(
    'Chinese in %s – whose bytes look like controls – is a text',
    (name) => {
      const text = `${name.endsWith('mark') ? '\ufeff' : ''}${'《紅樓夢》是曹雪芹寫的。'.repeat(50)}`;
      expect(verdictOf(Buffer.from(text, 'utf16le'))).toEqual({ ok: true, encoding: 'utf-16le' });
    },
  );

  it('a long upload – the encoding of its head stays, what follows is still looked at', () => {
    const check = createTextCheck();
    for (let i = 0; i < 20; i++) check.push(Buffer.from('d6d0b9fab5c4caabc8cb'.repeat(300), 'hex'));
    expect(check.verdict()).toEqual({ ok: true, encoding: 'gb18030' });
    check.push(new Uint8Array(1000));
    expect(check.verdict()).toEqual({ ok: false, reason: 'The file is binary, not a text.' });
  });

  it('an empty file – is a text', () => {
    expect(verdictOf()).toEqual({ ok: true, encoding: null });
  });

  it('a character cut in two by the chunks – makes no difference', () => {
    const bytes = Buffer.from('中文文字'.repeat(3000));
    expect(verdictOf(bytes.subarray(0, 16_385), bytes.subarray(16_385))).toEqual({ ok: true, encoding: 'utf-8' });
  });

  it('any bytes in any chunks – the check refuses what decoding would refuse', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 5 }), (chunks) => {
        const bytes = Buffer.concat(chunks);
        const verdict = verdictOf(...chunks);
        if (verdict.ok && bytes.length > 0) expect(decodeText(bytes).encoding).toBe(verdict.encoding);
      }),
    );
  });
});
