/**
 * Nouns that jieba's dictionary has together with what stands around them (花园里, 邻居们, 喝咖啡), and words that it takes for
 * nouns although the sentence says otherwise.
 */
import { isSurnamed } from './chinese-names.ts';

/** Where it is, and the plural of persons. */
const SUFFIX = /[里们]$/;
/** 一朵花 is a flower, counted. */
const COUNTED = /^[一两几][朵个只条张把本句家件片座块阵番场声双根棵群首间杯碗]/;
/** A noun never follows these, but verbs and adjectives do that the dictionary has as nouns: 也明白, 不动手, 很不平. */
export const ADVERBS: ReadonlySet<string> = new Set(
  '不 很 也 都 还 又 才 再 已 已经 便 太 更 最 正在 会 能 不能 不会 可以 应该 不要'.split(' '),
);
/** Tag of 着, which never follows a noun. */
export const ASPECT = 'uz';

/** What the dictionary calls a verb, a time or a noun, and is none. */
const CORRECTED = new Map(
  Object.entries({ n: '邻居 位置 行为 设备 警察 年纪 青年 赞助商', d: '总会 照例 时时 低声', v: '回家 问道' }).flatMap(
    ([tag, words]) => words.split(' ').map((word) => [word, tag] as const),
  ),
);
/** The rest of what the dictionary calls a common saying may be a compound: 操作系统, 正则表达式. */
const SAYING = 'l';
const NO_COMPOUND = /^[不无没有一]/;

/** Texts have fewer different ones; made-up ones must not fill the memory. */
const REMEMBERED_WORDS = 10_000;
const parts = new Map<string, Part>();
const sayings = new Map<string, boolean>();

/** Of a word; without an end, all of the rest. */
interface Part {
  start: number;
  end?: number;
}

const WHOLE: Part = { start: 0 };

/**
 * @param word in simplified characters
 * @param tag jieba's
 * @param tagOf as of nounWithin
 */
export function correctedTag(word: string, tag: string, tagOf: (word: string) => string | undefined): string {
  if (tag !== SAYING) return CORRECTED.get(word) ?? tag;
  if (word.length < 4 || NO_COMPOUND.test(word)) return tag;
  const isCompound = remember(sayings, word, () =>
    [2, 3].some((length) => tagOf(word.slice(-length)) === 'n' && /^[nvab]/.test(tagOf(word.slice(0, -length)) ?? '')),
  );
  return isCompound ? 'n' : tag;
}

/**
 * @param word in simplified characters, tagged as a noun
 * @param tagOf jieba's tag of a word of its dictionary; undefined for what is none
 * @returns where the noun stands in the word
 */
export function nounWithin(word: string, tag: string, tagOf: (word: string) => string | undefined): Part {
  const isWhole = word.length < 3 || !(tag === 'nr' || SUFFIX.test(word) || COUNTED.test(word));
  return isWhole ? WHOLE : remember(parts, word, () => findNoun(word, tag, tagOf) ?? WHOLE);
}

function remember<T>(known: Map<string, T>, word: string, find: () => T): T {
  let value = known.get(word);
  if (value === undefined) {
    value = find();
    if (known.size >= REMEMBERED_WORDS) known.clear();
    known.set(word, value);
  }
  return value;
}

/** @returns undefined for the whole */
function findNoun(word: string, tag: string, tagOf: (word: string) => string | undefined): Part | undefined {
  const isNoun = (part: string) => (CORRECTED.get(part) ?? tagOf(part)) === 'n';
  if (SUFFIX.test(word) && isNoun(word.slice(0, -1))) return { start: 0, end: word.length - 1 };
  if (COUNTED.test(word)) return { start: 2 };
  // A verb and its object are no person.
  const isAction = tag === 'nr' && !isSurnamed(word) && /^v/.test(tagOf(word[0]!) ?? '') && isNoun(word.slice(1));
  return isAction ? { start: 1 } : undefined;
}
