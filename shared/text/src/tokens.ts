/**
 * Cuts a text into tokens by script, in one pass. No pattern here can look at the same character more than a few times, so
 * the time grows with the length of the text and with nothing else.
 */

export type TokenKind = 'latin' | 'cjk' | 'other' | 'emoji' | 'number' | 'end' | 'tag' | 'punctuation';

export interface Token {
  kind: TokenKind;
  text: string;
}

/** What is longer is no word. In UTF-16 units. */
export const LONGEST_WORD = 64;

const LETTERS = String.raw`\p{Script=Latin}[\p{Script=Latin}\p{M}\p{Nd}]*`;
const WORD_PART = String.raw`[\p{L}\p{M}\p{Nd}]`;
/** Single letters with full stops; so short that they cannot be what a long line of `a.a.a.` is. */
const ABBREVIATION = String.raw`(?:Ph\.D\.|\p{Script=Latin}\.(?:\p{Script=Latin}\.){1,4})(?!${WORD_PART})`;
const CJK = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]+`;
const OTHER_LETTER = String.raw`[\p{L}--[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]]`;
/** Flags; keycaps; pictures with skin, hair, family and the tags of England's flag. Of those that are text by default (©, ™, ↔) only hearts, suns and the like. */
const EMOJI_PART = String.raw`(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\p{Extended_Pictographic}&&[\u2600-\u27bf\u{1f000}-\u{1faff}]])[\ufe0f\p{Emoji_Modifier}]{0,2}`;
const EMOJI = String.raw`\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3|${EMOJI_PART}(?:\u200d${EMOJI_PART}|\u200d[♀♂⚕]\ufe0f?)*[\u{e0020}-\u{e007f}]{0,8}`;
const PATTERNS: [TokenKind, string][] = [
  // The dot is for names: 约翰·史密斯.
  ['cjk', `${CJK}(?:·${CJK})*`],
  // U.S., e.g., Ph.D.; C++ and C#; 3D and 5G; and words, as rock, mother-in-law, COVID-19.
  [
    'latin',
    String.raw`${ABBREVIATION}|[A-Z](?:\+\+|#)(?!${WORD_PART})|\p{Nd}\p{Lu}(?!${WORD_PART})|${LETTERS}(?:['’\-‐‑]${LETTERS}|-\p{Nd}+)*`,
  ],
  [
    'other',
    String.raw`${OTHER_LETTER}[${OTHER_LETTER}\p{M}\p{Nd}\u200c\u200d]*(?:['’׳״\-]${OTHER_LETTER}[${OTHER_LETTER}\p{M}\p{Nd}\u200c\u200d]*)*`,
  ],
  ['emoji', EMOJI],
  ['number', String.raw`\p{Nd}[\p{Nd}\p{Script=Latin}.,:%]*`],
  ['end', '[.!?。！？…]+'],
  // Hashtags and mentions.
  ['tag', String.raw`[#@](?<![\p{L}\p{N}].)\p{Script=Latin}[\p{Script=Latin}\p{M}\p{Nd}_]*`],
  ['punctuation', String.raw`(?:[^\s\p{L}\p{M}\p{N}.!?。！？…#@]+|[#@](?!\p{Script=Latin})|(?<=[\p{L}\p{N}])[#@])+`],
];
const TOKEN = new RegExp(PATTERNS.map(([, pattern]) => `(${pattern})`).join('|'), 'gv');
const KINDS = PATTERNS.map(([kind]) => kind);

/** @param text composed (NFC) and cleaned */
export function* tokenize(text: string): Generator<Token> {
  const pattern = new RegExp(TOKEN);
  for (let at = 0; at < text.length; ) {
    const end = endOfPlainWord(text, at);
    if (end > at) {
      yield { kind: 'latin', text: text.slice(at, end) };
      at = end;
    } else if (text[at] === ' ') at++;
    else {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match === null) return;
      let group = 1;
      while (match[group] === undefined) group++;
      yield { kind: KINDS[group - 1]!, text: match[0] };
      at = pattern.lastIndex;
    }
  }
}

/**
 * Most words of most texts are a few plain letters and then a space or a comma; these need no pattern, which takes three times
 * as long.
 *
 * @returns where the word ends, or `start` where the pattern must decide
 */
function endOfPlainWord(text: string, start: number): number {
  let end = start;
  while (isPlainLetter(text.charCodeAt(end))) end++;
  // A full stop after one or two letters may belong to them (U.S., Ph.D.).
  return PLAIN_ENDS.has(text[end] ?? ' ') || (text[end] === '.' && end - start > 2) ? end : start;
}

const PLAIN_ENDS: ReadonlySet<string> = new Set([' ', '\n', '\r', '\t', ',', ';', ':', '!', '?', '"', ')']);

const isPlainLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
