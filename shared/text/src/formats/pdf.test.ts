import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { extractText } from './extract-text.ts';
import { MAX_PDF_PAGES, MAX_PDF_STREAM_BYTES, MAX_PDF_STREAMS } from './limits.ts';
import { pdfToText } from './pdf.ts';
import { checkStreams } from './pdf-streams.ts';
import { pdfLine, pdfOf } from './test-documents.ts';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

describe('PDF', () => {
  it('of Chromium, in two columns – one after the other, broken words whole again, hyphens kept', async () => {
    const { text, title, format } = await extractText(fixture('lighthouse.en.pdf'));
    expect({ title, format }).toEqual({ title: 'The lighthouse', format: 'pdf' });
    const words = text.replace(/\s+/g, ' ');
    expect(words).toContain(
      'The keeper of the lighthouse lit the lamp every evening. A well-known storm of the extraordinary kind',
    );
    expect(words).toContain('waited for the signal. In the right column the story goes on: the well-known keeper');
    expect(words).toContain('logbook. Lantern Harbour Signal Storm');
  });

  it('of Chromium, Chinese – lines joined, characters instead of radicals', async () => {
    const { text, title } = await extractText(fixture('lighthouse.zh.pdf'));
    expect({ text, title }).toEqual({ text: '渔民看灯塔，人民看灯火，渔民看港口的灯火，人民看灯塔。', title: '灯塔' });
  });

  it('words at different places of a line – stay apart', async () => {
    const page =
      pdfLine('left', 700) +
      pdfLine('right', 700, 300) +
      pdfLine('well-known fire-', 680) +
      pdfLine('place, well-', 660) +
      pdfLine('known', 640);
    expect((await extractText(pdfOf([page]))).text).toBe('left right\nwell-known fireplace, well-known');
  });

  it('running heads and page numbers – left out', async () => {
    const pages = Array.from(
      { length: 8 },
      (_, i) =>
        pdfLine('The Storm', 780) +
        pdfLine(`Lamp ${'x'.repeat(i + 1)}`, 700) +
        pdfLine('Ship', 650) +
        pdfLine(`- ${i} -`, 20),
    );
    const { text } = await extractText(pdfOf(pages));
    expect(text).not.toMatch(/Storm|\d/);
    expect(text.match(/Lamp/g)).toHaveLength(8);
  });

  it('only pictures – has no text', async () => {
    await expect(extractText(pdfOf(['0 0 m 100 100 l S']))).rejects.toMatchObject({ code: 'NO_TEXT' });
  });

  it('encrypted – said so', async () => {
    const trailer = `/Encrypt << /Filter /Standard /V 1 /R 2 /O (${'o'.repeat(32)}) /U (${'u'.repeat(32)}) /P -4 >>`;
    await expect(extractText(pdfOf([pdfLine('words', 700)], { trailer }))).rejects.toMatchObject({ code: 'ENCRYPTED' });
  });

  it('a thousand and more dictionaries that do not end, which PDF.js would read for minutes – damaged', async () => {
    for (const piece of ['1 0 obj <<\n', '1 0 obj << endobj\n']) {
      const bytes = Buffer.from(`%PDF-1.7\n${piece.repeat(50_000)}`);
      await expect(pdfToText(bytes)).rejects.toMatchObject({ code: 'DAMAGED' });
    }
  });

  it('PDF.js takes too long – stopped, by the limit or by the caller', async () => {
    const bytes = pdfOf(Array.from({ length: 200 }, () => pdfLine('words', 700)));
    await expect(pdfToText(bytes, undefined, 1)).rejects.toMatchObject({ code: 'STOPPED' });
    const caller = new AbortController();
    const reading = pdfToText(bytes, caller.signal);
    caller.abort();
    await expect(reading).rejects.toMatchObject({ code: 'STOPPED' });
  });

  it('a script – does not run', async () => {
    const catalog = '/OpenAction << /S /JavaScript /JS (globalThis.pwned = true; app.alert\\(1\\)) >>';
    expect((await extractText(pdfOf([pdfLine('words', 700)], { catalog }))).text).toBe('words');
    expect(globalThis).not.toHaveProperty('pwned');
  });

  it('a count of pages that is a lie – only those that are there; truly too many – refused', async () => {
    expect((await extractText(pdfOf([pdfLine('words', 700)], { count: 2_000_000 }))).text).toBe('words');
    const blank = deflateSync('');
    const pages = Array.from({ length: MAX_PDF_PAGES + 1 }, () => blank);
    await expect(extractText(pdfOf(pages))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('a stream that unpacks to too much, at once or in two steps – refused', async () => {
    const bomb = deflateSync(Buffer.alloc(MAX_PDF_STREAM_BYTES + 1, 0x20));
    await expect(extractText(pdfOf([bomb]))).rejects.toMatchObject({ code: 'TOO_LARGE' });
    const twice = pdfOf([deflateSync(bomb)], { content: '[/FlateDecode /FlateDecode]' });
    await expect(extractText(twice)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('graphics states nested without end – refused', async () => {
    await expect(extractText(pdfOf(['q '.repeat(100_000)]))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('a thousand streams that cannot be unpacked – damaged', async () => {
    const broken = Buffer.from(`%PDF-1.7\n${'stream\nx\x9c'.repeat(2000)}`, 'latin1');
    await expect(extractText(broken)).rejects.toMatchObject({ code: 'DAMAGED' });
    await expect(checkStreams(broken)).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  it('streams without number, small and whole – are counted', async () => {
    const stream = Buffer.concat([Buffer.from('stream\n'), deflateSync(Buffer.alloc(2000, 0x20))]);
    const many = (count: number) => Buffer.concat(Array.from({ length: count }, () => stream));
    await expect(checkStreams(many(MAX_PDF_STREAMS + 1))).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(checkStreams(many(100))).resolves.toBeUndefined();
  });

  it('cut off – damaged, or what is left of it', async () => {
    const bytes = fixture('lighthouse.en.pdf');
    for (let end = 10; end < bytes.length; end += 3000) {
      const outcome = await extractText(bytes.subarray(0, end)).catch((error) => error);
      expect(outcome.code ?? outcome.format).toMatch(/^(?:DAMAGED|NO_TEXT|pdf)$/);
    }
  });

  it('stopped while it is read', async () => {
    const pages = Array.from({ length: 300 }, (_, i) => pdfLine(`page ${i}`, 700));
    const controller = new AbortController();
    const reading = extractText(pdfOf(pages), {}, { signal: controller.signal });
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: 'STOPPED' });
  });

  it('the bytes given – are not changed or taken away', async () => {
    const bytes = pdfOf([pdfLine('words', 700)]);
    const copy = Uint8Array.from(bytes);
    await extractText(bytes);
    expect(bytes).toEqual(copy);
    expect((await extractText(Buffer.from(bytes))).text).toBe('words');
  });
});
