import { describe, expect, it } from 'vitest';
import { extractText } from './extract-text.ts';
import { MAX_CHAPTERS, MAX_ZIP_ENTRIES } from './limits.ts';
import { docxOf, epubOf, paragraph, zipOf } from './test-documents.ts';

describe('DOCX', () => {
  it('paragraphs, tables, tabs and notes; not what is deleted, moved away, hidden or a field', async () => {
    const bytes = docxOf(
      `${paragraph('The light', 'house &amp; the')}<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>Keeper</w:t><w:tab/><w:t>lamp</w:t><w:footnoteReference w:id="2"/></w:r>
       <w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>
       <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
       <w:tbl><w:tr><w:tc>${paragraph('灯塔')}</w:tc><w:tc>${paragraph('港口')}</w:tc></w:tr></w:tbl>`,
      {
        title: 'Log 灯塔',
        footnotes: `<w:footnote w:id="0" w:type="separator">${paragraph('separator')}</w:footnote><w:footnote w:id="2">${paragraph('A note on lamps')}</w:footnote>`,
      },
    );
    expect(await extractText(bytes, { filename: 'any.txt' })).toEqual({
      text: 'The lighthouse & the\nKeeper\tlampshown\n灯塔\n港口\nA note on lamps',
      format: 'docx',
      encoding: null,
      title: 'Log 灯塔',
    });
  });

  it('entities of its own – are not expanded', async () => {
    const lol = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const bytes = docxOf('', {
      'word/document.xml': `<!DOCTYPE x [<!ENTITY l0 "lol">${lol}<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document><w:body>${paragraph('&l9; &x; words')}</w:body></w:document>`,
    });
    expect((await extractText(bytes)).text).toBe('&l9; &x; words');
  });

  it('deeply nested XML – refused', async () => {
    await expect(extractText(docxOf('<w:sdt>'.repeat(100_000)))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('encrypted by Office – said so; an old document – told apart', async () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]);
    await expect(extractText(old)).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
    old.write('EncryptedPackage', 1024, 'utf16le');
    await expect(extractText(old)).rejects.toMatchObject({ code: 'ENCRYPTED' });
  });

  it('only pictures – has no text', async () => {
    await expect(extractText(docxOf('<w:p/>'))).rejects.toMatchObject({ code: 'NO_TEXT' });
  });
});

describe('EPUB', () => {
  const chapters = {
    'two.xhtml': '<p>Storm</p>',
    'one 灯.xhtml': '<h1>灯塔</h1><p>Light<a epub:type="noteref" href="#n">1</a>house</p>',
  };

  it('chapters in the order of the spine, without the table of contents', async () => {
    const bytes = epubOf(chapters, { spine: ['one 灯.xhtml', 'two.xhtml'] });
    expect(await extractText(bytes)).toEqual({
      text: '灯塔\nLighthouse\n\nStorm',
      format: 'epub',
      encoding: null,
      title: 'The Lighthouse 灯塔',
    });
  });

  it('a spine that repeats – reads each chapter once', async () => {
    const spine = Array.from({ length: 20_000 }, () => 'two.xhtml');
    expect((await extractText(epubOf(chapters, { spine }))).text).toBe('Storm');
  });

  it('too many chapters – refused', async () => {
    const spine = Array.from({ length: MAX_CHAPTERS + 1 }, (_, i) => `c${i}`);
    await expect(extractText(epubOf({}, { spine }))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('chapters that are encrypted – said so; fonts may be', async () => {
    const encryption = (path: string) => ({
      more: { 'META-INF/encryption.xml': `<encryption><enc:CipherReference URI="${path}"/></encryption>` },
    });
    await expect(extractText(epubOf(chapters, encryption('OPS/two.xhtml')))).rejects.toMatchObject({
      code: 'ENCRYPTED',
    });
    expect((await extractText(epubOf(chapters, encryption('OPS/font.otf')))).text).toContain('Storm');
  });

  it('no chapters in the archive – damaged', async () => {
    const bytes = zipOf({
      mimetype: 'application/epub+zip',
      'META-INF/container.xml': '<rootfile full-path="x.opf"/>',
    });
    await expect(extractText(bytes)).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  it('stopped by its signal', async () => {
    await expect(extractText(epubOf(chapters), {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'STOPPED',
    });
  });
});

describe('ZIP', () => {
  it('a bomb – stopped at the limit, whatever sizes it states', async () => {
    const bytes = epubOf({ 'a.xhtml': `<p>${'a'.repeat(2_000_000)}` });
    // The sizes in the list of parts are lies: 10 bytes each.
    const buffer = Buffer.from(bytes);
    for (let at = buffer.indexOf('PK\x01\x02'); at >= 0; at = buffer.indexOf('PK\x01\x02', at + 1))
      buffer.writeUInt32LE(10, at + 24);
    await expect(extractText(buffer)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('too many parts – refused', async () => {
    const parts = Object.fromEntries(Array.from({ length: MAX_ZIP_ENTRIES + 1 }, (_, i) => [`f${i}`, '']));
    await expect(extractText(zipOf(parts))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it.each([
    ['xl/workbook.xml', 'Excel'],
    ['ppt/presentation.xml', 'PowerPoint'],
    ['content.xml', 'OpenDocument'],
    ['a.txt', 'ZIP archive'],
  ])('with %s – is no document that is read', async (name, what) => {
    const reading = extractText(zipOf({ [name]: 'x' }));
    await expect(reading).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
    await expect(reading).rejects.toThrow(what);
  });

  it('cut off anywhere, or one bit wrong – damaged, or read as it was', async () => {
    const bytes = docxOf(paragraph('The lighthouse keeper'));
    for (let end = 40; end < bytes.length; end += 97) {
      await expect(extractText(bytes.subarray(0, end))).rejects.toMatchObject({ code: 'DAMAGED' });
    }
    for (let at = 4; at < bytes.length; at += 61) {
      const wrong = Uint8Array.from(bytes);
      wrong[at]! ^= 0x10;
      const outcome = await extractText(wrong).catch((error) => error.name);
      expect(outcome.text?.trim() ?? outcome).toMatch(/^(?:The lighthouse keeper|UnreadableFileError)$/);
    }
  });

  it('an encrypted part – said so', async () => {
    const buffer = Buffer.from(docxOf(paragraph('words')));
    const name = buffer.lastIndexOf('word/document.xml');
    buffer.writeUInt16LE(1, name - 46 + 8);
    await expect(extractText(buffer)).rejects.toMatchObject({ code: 'ENCRYPTED' });
  });
});
