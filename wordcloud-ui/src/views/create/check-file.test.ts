import { describe, expect, it } from 'vitest';
import { checkMaskFile, checkTextFile, previewText, utf16Of } from './check-file.ts';

const LIMIT = 1000;
const blob = (...parts: (string | number[])[]) =>
  new Blob(parts.map((part) => (typeof part === 'string' ? part : new Uint8Array(part))));
const utf16 = (text: string, order: 'le' | 'be') => {
  const bytes = Buffer.from(text, 'utf16le');
  return [...(order === 'le' ? bytes : bytes.swap16())];
};
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

describe('checkTextFile', () => {
  it('texts – pass, also UTF-16 with and without a mark', async () => {
    expect(await checkTextFile(blob('The sea.'), LIMIT)).toBeUndefined();
    expect(await checkTextFile(blob([0xff, 0xfe], utf16('海', 'le')), LIMIT)).toBeUndefined();
    expect(await checkTextFile(blob(utf16('The sea and the ship.', 'le')), LIMIT)).toBeUndefined();
    expect(await checkTextFile(blob(utf16('The sea and the ship.', 'be')), LIMIT)).toBeUndefined();
  });

  it('nothing and too much – are said', async () => {
    expect(await checkTextFile(blob(), LIMIT)).toBe('empty');
    expect(await checkTextFile(blob('x'.repeat(LIMIT)), LIMIT)).toBeUndefined();
    expect(await checkTextFile(blob('x'.repeat(LIMIT + 1)), LIMIT)).toBe('tooLarge');
  });

  it('other files – by their first bytes', async () => {
    expect(await checkTextFile(blob('PK', [3, 4], Array<number>(26).fill(0), 'xl/workbook.xml'), LIMIT)).toBe('office');
    expect(await checkTextFile(blob([0xd0, 0xcf, 0x11, 0xe0], 'Word'), LIMIT)).toBe('office');
    expect(await checkTextFile(blob(PNG), LIMIT)).toBe('image');
    expect(await checkTextFile(blob([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 0, 2]), LIMIT)).toBe('binary');
  });

  it.each(['word/document.xml', '[Content_Types].xml', 'mimetypeapplication/epub+zip'])(
    'an archive that begins with %s – may be a document, and is not sketched',
    async (first) => {
      const file = blob('PK', [3, 4], Array<number>(26).fill(0), first);
      expect(await checkTextFile(file, LIMIT)).toBeUndefined();
      expect(await previewText(file)).toBeUndefined();
    },
  );

  it('a PDF – may be one, and is not sketched', async () => {
    expect(await checkTextFile(blob('%PDF-1.7\n'), LIMIT)).toBeUndefined();
    expect(await previewText(blob('%PDF-1.7\n'))).toBeUndefined();
    expect(await checkTextFile(blob('%PDF-1.7\n', 'x'.repeat(LIMIT)), LIMIT)).toBe('tooLarge');
  });

  it('zeros – only the first 4 KiB count', async () => {
    expect(await checkTextFile(blob('x'.repeat(4096), [0]), 10_000)).toBeUndefined();
    expect(await checkTextFile(blob('x'.repeat(4095), [0]), 10_000)).toBe('binary');
  });
});

describe('checkMaskFile', () => {
  it('images – pass; a text and too much – do not', async () => {
    expect(await checkMaskFile(blob(PNG), LIMIT)).toBeUndefined();
    expect(await checkMaskFile(blob('a text'), LIMIT)).toBe('notImage');
    expect(await checkMaskFile(blob(PNG, 'x'.repeat(LIMIT)), LIMIT)).toBe('tooLarge');
    expect(await checkMaskFile(blob(), LIMIT)).toBe('empty');
  });
});

describe('previewText', () => {
  it('UTF-8, also when cut in a character', async () => {
    expect(await previewText(blob('海と船'))).toBe('海と船');
    expect(await previewText(blob('海船'), 5)).toBe('海');
    expect(await previewText(blob('海', [0xe8, 0x88]))).toBeUndefined();
  });

  it('UTF-16', async () => {
    expect(await previewText(blob(utf16('The sea and the ship.', 'be')))).toBe('The sea and the ship.');
  });

  it('GBK – where it is likely; anything else is left to the server', async () => {
    expect(await previewText(blob([0xba, 0xa3, 0xb5, 0xc4]))).toBe('海的');
    expect(await previewText(blob([0x43, 0x61, 0x66, 0xe9]))).toBeUndefined();
  });
});

it('utf16Of – a few zeros are no sign of it', () => {
  expect(utf16Of(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 0]))).toBeUndefined();
});
