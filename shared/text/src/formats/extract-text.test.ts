import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractText } from './extract-text.ts';
import { FORMATS } from './recognize-format.ts';
import { docxOf, epubOf, paragraph, pdfLine, pdfOf } from './test-documents.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';

/** It is text, or our error with a sentence; any other error fails the test. */
async function isReadOrRefused(bytes: Uint8Array, filename: string): Promise<void> {
  try {
    const { text, format } = await extractText(bytes, { filename });
    expect(typeof text).toBe('string');
    expect(FORMATS).toContain(format);
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableFileError);
    expect((error as Error).message).toMatch(/^The .+\.$/s);
  }
}

const names = fc.constantFrom(...FORMATS.map((format) => `file.${format}`), '', 'file');

describe('extractText', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n\0\0', 'a PNG image'],
    ['\0\x01\x02\x03\0\0\0\0', 'binary'],
  ])('%j – no text, and says what is allowed', async (start, what) => {
    const reading = extractText(Buffer.from(start, 'latin1'), { filename: 'text.txt' });
    await expect(reading).rejects.toMatchObject({ code: 'NOT_TEXT' });
    await expect(reading).rejects.toThrow(new RegExp(`${what}.*Allowed are plain text`));
  });

  it('any bytes behind the beginning of any format – text or our own error', async () => {
    const starts = [
      '',
      '%PDF-1.7\n',
      'PK\x03\x04',
      '<!doctype html>',
      'WEBVTT\n\n',
      '1\n00:00:01,000 --> 00:00:02,000\n',
      '---\n',
      '"',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 400 }), names, (start, bytes, filename) =>
        isReadOrRefused(Buffer.concat([Buffer.from(start, 'latin1'), bytes]), filename),
      ),
      { numRuns: 300 },
    );
  });

  it('any characters in any format – text or our own error', async () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom('<', '</p>', '<pre>', '&', '"', ',', '\n', '```', '|', '> ', '[', '](', '-->', '灯塔', '\r'),
        fc.string({ unit: 'grapheme' }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(pieces, names, (parts, filename) => isReadOrRefused(Buffer.from(parts.join('')), filename)),
      { numRuns: 300 },
    );
  });

  it('documents with bytes changed – text or our own error', async () => {
    const documents = [
      docxOf(paragraph('The lighthouse keeper')),
      epubOf({ 'a.xhtml': '<p>The lighthouse keeper</p>' }),
      pdfOf([pdfLine('The lighthouse keeper', 700), pdfLine('Storm', 700)]),
    ];
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...documents), changes, (document, bytes) => {
        const changed = Uint8Array.from(document);
        for (const [at, value] of bytes) changed[at % changed.length] = value;
        return isReadOrRefused(changed, '');
      }),
      { numRuns: 300 },
    );
  });
});
