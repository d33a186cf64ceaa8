import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from './tokens.ts';

const cut = (text: string) => Array.from(tokenize(text), ({ kind, text: part }) => `${kind}:${part}`);

describe('tokenize', () => {
  it.each([
    ['U.S. and e.g. Ph.D.', ['latin:U.S.', 'latin:and', 'latin:e.g.', 'latin:Ph.D.']],
    ['end.The', ['latin:end', 'end:.', 'latin:The']],
    ['C++, C# or C', ['latin:C++', 'punctuation:,', 'latin:C#', 'latin:or', 'latin:C']],
    ['3D 5G 20th 1984', ['latin:3D', 'latin:5G', 'number:20th', 'number:1984']],
    ['COVID-19 mother-in-law', ['latin:COVID-19', 'latin:mother-in-law']],
    ["don't rock’n’roll", ["latin:don't", 'latin:rock’n’roll']],
    ['我用iPhone拍照', ['cjk:我用', 'latin:iPhone', 'cjk:拍照']],
    ['что-то', ['other:что-то']],
    ['🇫🇷🇩🇪 1️⃣ 👩‍⚕️ ©', ['emoji:🇫🇷', 'emoji:🇩🇪', 'emoji:1️⃣', 'emoji:👩‍⚕️', 'punctuation:©']],
    [
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      ['emoji:🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ],
  ])('%s – cut', (text, parts) => {
    expect(cut(text)).toEqual(parts);
  });

  it.each([
    'rock. Roll',
    'a.b',
    'ab.c',
    'abc.d',
    'it.',
    'end!',
    'a\tb',
    'x–y',
    'e-mail, e',
    "o'clock;",
    'C+ +',
    'naïve',
    'ab1 cd',
  ])('%s – cut the same whether a plain word comes first or not', (text) => {
    // Behind a letter with an accent the pattern decides.
    expect(cut(text)).toEqual(cut(`é${text}`).map((part, i) => (i === 0 ? part.replace('é', '') : part)));
  });

  it('any text – keeps all of its signs, in their order', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aBz.-\'’1 ,!\n"é中+#') }), (text) => {
        const parts = Array.from(tokenize(text), (token) => token.text).join('');
        expect(parts).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
