import { join, normalize, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidKeyError } from './errors.ts';
import { checkKey, checkPrefix } from './object-key.ts';

const isAccepted = (key: string) => {
  try {
    return checkKey(key) === key;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidKeyError);
    return false;
  }
};

describe('checkKey', () => {
  it.each(['a', 'tasks/0190-ab/1/image.png', '.hidden', 'a..b/...', 'A_z-9', `${'a'.repeat(255)}/b`])(
    'a plain path – %s – is accepted',
    (key) => {
      expect(checkKey(key)).toBe(key);
    },
  );

  it.each([
    ['nothing', ''],
    ['the folder itself', '.'],
    ['the folder above', '..'],
    ['a way up in the middle', 'a/../b'],
    ['a way up at the end', 'a/..'],
    ['an absolute path', '/etc/passwd'],
    ['an empty segment', 'a//b'],
    ['a slash at the end', 'a/'],
    ['a backslash', 'a\\b'],
    ['a NUL', 'a\0b'],
    ['a line end', 'a\n'],
    ['a space', 'a b'],
    ['a letter that is not ASCII', 'ä'],
    ['an escape', '%2e%2e/a'],
    ['the folder of unfinished uploads', '~unfinished/a'],
    ['a segment of 256 characters', 'a'.repeat(256)],
    ['513 characters', 'a/'.repeat(256).concat('b')],
  ])('%s – is refused with what is allowed', (_, key) => {
    expect(() => checkKey(key)).toThrow(/allowed are segments of A-Z a-z 0-9/);
  });

  it('any text – accepted only if it stays inside the folder and means the same path', () => {
    const character = fc.constantFrom('a', 'Z', '0', '.', '/', '-', '_', '\\', '~', ' ', '\0', 'é');
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 12 }), (key) => {
        if (!isAccepted(key)) return;
        expect(normalize(join('/root', key))).toBe(`/root${sep}${key}`);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('checkPrefix', () => {
  it('a key and a slash – is accepted', () => {
    expect(checkPrefix('tasks/1/')).toBe('tasks/1/');
  });

  it.each(['', '/', 'tasks/1', '../', 'a//'])('%s – is refused, so that nothing else is removed', (prefix) => {
    expect(() => checkPrefix(prefix)).toThrow(InvalidKeyError);
  });
});
