/**
 * Cuts a text into tokens by script, in one pass. No pattern here can look at the same character more than a few times, so
 * the time grows with the length of the text and with nothing else.
 */

export type TokenKind = 'latin' | 'cjk' | 'other' | 'emoji' | 'number' | 'end' | 'punctuation';

export interface Token {
  kind: TokenKind;
  text: string;
}

/** What is longer is no word. In UTF-16 units. */
export const LONGEST_WORD = 64;

const LETTERS = String.raw`\p{Script=Latin}[\p{Script=Latin}\p{M}\p{Nd}]*`;
const OTHER_LETTER = String.raw`[\p{L}--[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]]`;
const PATTERNS: [TokenKind, string][] = [
  ['cjk', String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]+`],
  ['latin', String.raw`${LETTERS}(?:['’\-‐‑]${LETTERS})*`],
  [
    'other',
    String.raw`${OTHER_LETTER}[${OTHER_LETTER}\p{M}\p{Nd}\u200c\u200d]*(?:['’׳״\-]${OTHER_LETTER}[${OTHER_LETTER}\p{M}\p{Nd}\u200c\u200d]*)*`,
  ],
  ['number', String.raw`\p{Nd}[\p{Nd}\p{Script=Latin}.,:%]*`],
  [
    'emoji',
    String.raw`\p{Regional_Indicator}{2}|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)(?:[\ufe0f\p{Emoji_Modifier}]|\u200d\p{Extended_Pictographic})*`,
  ],
  ['end', '[.!?。！？…]+'],
  ['punctuation', String.raw`[^\s\p{L}\p{M}\p{N}.!?。！？…]+`],
];
const TOKEN = new RegExp(PATTERNS.map(([, pattern]) => `(${pattern})`).join('|'), 'gv');
const KINDS = PATTERNS.map(([kind]) => kind);

/** @param text composed (NFC) and cleaned */
export function* tokenize(text: string): Generator<Token> {
  TOKEN.lastIndex = 0;
  const pattern = new RegExp(TOKEN);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    let group = 1;
    while (match[group] === undefined) group++;
    yield { kind: KINDS[group - 1]!, text: match[0] };
  }
}

/** Soft hyphens, byte order marks and zero-width spaces are for typesetters; they would part a word in two. */
const INVISIBLE = /[\u00ad\ufeff\u2060\u200b]/g;
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'，。）)]{1,2000}/gi;
/** Bounded on the left, or a long word without an @ would be looked at from each of its letters. */
const MAIL = /\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/g;

/** Composes, and takes out what is no word: invisible characters, web and mail addresses. */
export function cleanText(text: string): string {
  const clean = text.normalize('NFC').replace(INVISIBLE, '').replace(ADDRESS, ' ');
  return clean.includes('@') ? clean.replace(MAIL, ' ') : clean;
}
