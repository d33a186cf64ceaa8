import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleFromFileName, titleFromText, titleFromUser, titleWithoutEnding } from './title.ts';

describe('titleFromFileName', () => {
  it.each([
    ['alice.txt', 'alice.txt'],
    ['../../x', 'x'],
    ['C:\\texts\\moby dick.txt', 'moby dick.txt'],
    ['/etc/', 'untitled'],
    ['...', 'untitled'],
    ['', 'untitled'],
    [undefined, 'untitled'],
    ['a\u0000b\r\nc', 'a b c'],
    ['txt.\u202eexe', 'txt. exe'],
    ['爱丽丝.txt', '爱丽丝.txt'],
  ])('%j – %j', (name, title) => expect(titleFromFileName(name)).toBe(title));

  it('any name – a title that the task service takes, without a path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (name) => {
        const title = titleFromFileName(name);
        expect(title.length).toBeGreaterThan(0);
        expect(Array.from(title).length).toBeLessThanOrEqual(200);
        expect(title).not.toMatch(/[/\\\p{Cc}]/u);
      }),
    );
  });
});

describe('titleFromUser', () => {
  it.each([
    ['either/or', 'either/or'],
    ['  My  title ', 'My title'],
    ['\u0000', 'untitled'],
    ['x'.repeat(300), 'x'.repeat(200)],
  ])('%j – %j', (given, title) => expect(titleFromUser(given)).toBe(title));
});

describe('titleWithoutEnding', () => {
  it.each([
    ['alice.txt', 'alice'],
    ['Alice.v2.EPUB', 'Alice.v2'],
    ['notes', 'notes'],
    ['v1.2', 'v1.2'],
    ['.md', 'wordcloud'],
  ])('%j – %j', (title, name) => expect(titleWithoutEnding(title)).toBe(name));
});

describe('titleFromText', () => {
  it.each([
    ['Call me Ishmael.\nSome years ago', 'Call me Ishmael.'],
    ['\n\n  either/or  ', 'either/or'],
    ['', 'untitled'],
    [' \n ', 'untitled'],
    [`${'whale '.repeat(20)}`, `${'whale '.repeat(10).trim()}…`],
  ])('%j – %j', (text, title) => expect(titleFromText(text)).toBe(title));

  it('a sign outside the basic plane at the cut – stays whole', () => {
    expect(titleFromText('🐳'.repeat(100)).isWellFormed()).toBe(true);
    expect(titleFromText(`a${'🐳'.repeat(100)}`).isWellFormed()).toBe(true);
  });
});
