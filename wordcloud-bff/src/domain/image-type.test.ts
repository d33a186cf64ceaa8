import { describe, expect, it } from 'vitest';
import { imageType } from './image-type.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('imageType', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n....', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['RIFF....WEBPVP8 ', 'image/webp'],
    [`BM\x46\x00\x00\x00\0\0\0\0\x36\0\0\0\x28\0\0\0`, 'image/bmp'],
  ])('%j – %s', (head, type) => expect(imageType(bytes(head))).toBe(type));

  it.each([
    '',
    'B',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'RIFF....WAVEfmt ',
    '\x89PNG',
    'BMW is a car',
    'GIF8',
  ])('%j – no image', (head) => expect(imageType(bytes(head))).toBeUndefined());
});
