/** Texts that nobody writes, made to be slow: each is one part again and again, or made for a length. */
import type { CountOptions } from '../src/index.ts';

/** Long words that begin alike are a dictionary's worst case. */
const DICTIONARY = [
  'new york',
  'a'.repeat(64),
  `${'天气'.repeat(20)}好`,
  `${'big cat '.repeat(7)}dog`,
  ...Array.from({ length: 996 }, (_, i) => `new york and so on, number ${i}`),
];

/** Everything on, with as many words of the caller's as the service takes. */
export const ALL_ON: CountOptions = {
  lang: 'auto',
  words: 'all',
  minLength: 1,
  stopwords: [],
  phrases: true,
  numbers: true,
  dictionary: DICTIONARY,
};

const PARTS: [name: string, part: string][] = [
  ['exclamation marks', '!'],
  ['one long token', 'a'],
  ['hyphens within a word', 'a-'],
  ['apostrophes within a word', "a'"],
  ['signs of addresses', 'a@'],
  ['signs of hashtags', '#'],
  ['hashtags in a row', '#a'],
  ['hashtags with underscores', '#a_'],
  ['full stops', '.'],
  ['commas', ','],
  ['brackets', '[('],
  ['hyphens', '-'],
  ['apostrophes', '’'],
  ['odd apostrophes', 'aʼ'],
  ['white space', ' '],
  ['blank lines', '\n \n'],
  ['words broken at line ends', 'a-\n'],
  ['words with hyphens, broken', 'a-a-a-\na'],
  ['soft hyphens', 'a\u00ad\n'],
  ['Han without punctuation', '天气'],
  ['Han with dots of names', '安·'],
  ['kana', 'あ'],
  ['Thai', 'ก'],
  ['combining marks', '\u0301'],
  ['letters with marks', 'e\u0301\u0302'],
  ['marks out of order, which composing would sort', '\u0301\u0323'],
  ['emoji chains', '👩\u200d'],
  ['half pairs', '\ud800'],
  ['half pairs, the wrong way round', '\udc00\ud800'],
  ['marks of direction', '\u200f'],
  ['letters with marks of direction', 'א\u202e'],
  ['http://', 'http://'],
  ['www.', 'www.'],
  ['domains', 'a.com.'],
  ['domains without beginnings', '.com'],
  ['Arabic', 'ق'],
  ['Korean', '날씨가 '],
  ['traditional Chinese', '臺灣'],
  ['abbreviations', 'U.S.'],
  ['flags with tags', '\u{1f3f4}\u{e0067}'],
  ['entities', '&amp;'],
  ['mixed scripts', 'a天b気'],
  ['scripts in turn', 'aяαق'],
  ['full-width letters', 'Ａ'],
  ['digits', '1'],
  ['digits with full stops', '1.'],
  ['short runs of kana', 'あ '],
  ['short runs of Thai', 'ก '],
  ['kana and another script', 'あق'],
  ['pairs of words', 'big cat '],
  ['words of a dictionary, nearly', 'new '],
  ['words of a dictionary, to the last', 'new york and so on, number '],
  ['lines of Han', '天气很好我们去公园散步看花喝茶吃饭\n'],
  ['lines of kana', 'あいうえおかきくけこさしすせそたち\n'],
  ['nouns with a suffix', '花园里'],
  ['counted nouns', '一朵花'],
  ['sayings', '操作系统'],
  ['nouns in doubt', '不动手'],
  ['lone kanji', '猫が本を'],
  ['katakana that no dictionary has', 'リポジ'],
  ['Arabic articles', 'وال'],
  ['Arabic words with prefixes', 'والسوق '],
  ['Hebrew words with prefixes', 'והבית '],
  ['Korean particles', '에서는'],
  ['Korean verbs', '사용합니다 '],
  ['German sentences', 'Der Hund und das Essen. '],
  ['first adjectives', 'Additional terms. '],
  ['pronouns and verbs', 'I hope '],
  ['Cyrillic', 'і'],
  ['Devanagari', 'क्षि'],
  ['Khmer', 'ក'],
  ['paragraphs', 'a b\n\n'],
  ['plurals', 'cats cat '],
  ['names with plurals', 'States State '],
];

/** Different words, each once: counted, they fill the memory. */
function distinctWords(bytes: number): string {
  const words: string[] = [];
  for (let i = 0, length = 0; length < bytes; i++) {
    const word = i.toString(36).replace(/\d/g, (digit) => String.fromCharCode(97 + Number(digit))) + (i % 7);
    words.push(word);
    length += word.length + 1;
  }
  return words.join(' ').slice(0, bytes);
}

/** Different Chinese words, or what may pass for them. */
function distinctHan(bytes: number): string {
  let text = '';
  for (let i = 0; text.length < bytes / 3; i++) text += String.fromCharCode(0x4e00 + ((i * 7919) % 20_000));
  return text;
}

/** Different words with the same few endings, each once. */
function distinctForms(first: number, size: number, endings: readonly string[]): (bytes: number) => string {
  return (bytes) => {
    let text = '';
    for (let i = 0; text.length < bytes / 3; i++) {
      const letters = [i % size, (i * 7) % size, Math.floor(i / size) % size];
      const word = letters.map((letter) => String.fromCharCode(first + letter)).join('');
      text += `${endings.map((ending) => (ending.startsWith('-') ? word + ending.slice(1) : ending + word)).join(' ')} `;
    }
    return text;
  };
}

/** Makes a text of so many bytes, or a few more, in UTF-8. */
export const HOSTILE_TEXTS: [name: string, make: (bytes: number) => string][] = [
  ...PARTS.map(([name, part]): [string, (bytes: number) => string] => [
    name,
    (bytes) => part.repeat(Math.ceil(bytes / Buffer.byteLength(part))),
  ]),
  ['different words', distinctWords],
  ['different Han', distinctHan],
  ['different Korean words with particles', distinctForms(0xac00, 5000, ['-을', '-이', '-합니다'])],
  ['different Arabic words with prefixes', distinctForms(0x628, 20, ['ال', 'و', '-'])],
  ['different English plurals', distinctForms(0x61, 26, ['-', '-s'])],
];
