/** Chinese: jieba's dictionary and hidden Markov model, with parts of speech. */
import { createRequire } from 'node:module';
import type { Jieba, TaggedWord } from '@node-rs/jieba';
import { isForeignName, isSurnamed, NAME_DOT } from './chinese-names.ts';
import { ADVERBS, ASPECT, correctedTag, nounWithin } from './chinese-nouns.ts';
import { toSimplified } from './traditional.ts';
import type { PhrasePart } from './word-sequence.ts';

let jieba: Jieba | undefined;

/** Loads the dictionary (350,000 words) on first use. */
export function loadChinese(): Jieba {
  if (jieba === undefined) {
    const require = createRequire(import.meta.url);
    const module = require('@node-rs/jieba') as { Jieba: typeof Jieba };
    const { dict } = require('@node-rs/jieba/dict') as { dict: Uint8Array };
    jieba = module.Jieba.withDict(dict);
  }
  return jieba;
}

/** jieba's tag of a word; undefined for what its dictionary does not have as one word. */
function dictionaryTag(word: string): string | undefined {
  const [first, second] = loadChinese().tag(word, false);
  return second === undefined ? first?.tag : undefined;
}

export interface ChineseWord {
  text: string;
  /** The same in simplified characters: what dictionary and stop words know. */
  simplified: string;
  /** jieba's tag; `x` for what the model found and the dictionary lacks. */
  tag: string;
  /** The sentence uses it as a verb or an adjective, though the dictionary has it as a noun. */
  noNoun: boolean;
}

/** jieba's tags of what the dictionary lacks, and of foreign names. */
const UNKNOWN = 'x';
const FOREIGN = 'nrfg';

/** Runs are cut together up to this many characters: few calls, and no more of a text than that is held. */
const BATCH = 16 * 1024;

export interface ChineseReader {
  /** A piece of Chinese without anything else in it. */
  read(run: string): void;
  end(): void;
}

/** @param onGap called between two runs, where something else stood */
export function createChineseReader(onWord: (word: ChineseWord) => void, onGap: () => void): ChineseReader {
  let batch: string[] = [];
  let length = 0;
  const end = () => {
    if (batch.length === 0) return;
    // A line end between two runs keeps a word from reaching over both.
    const text = batch.join('\n');
    [batch, length] = [[], 0];
    const tagged = loadChinese().tag(toSimplified(text), true);
    const words = text.includes(NAME_DOT) ? joinNames(tagged) : tagged;
    let start = 0;
    let before = '';
    for (let i = 0; i < words.length; i++) {
      let { word, tag: given } = words[i]!;
      // The model stops before a last character that only foreign names have: 爱罗先|珂.
      const next = words[i + 1];
      if (given === UNKNOWN && word.length > 1 && next?.tag === FOREIGN && next.word.length === 1) {
        word += next.word;
        i++;
      }
      const tag = word.length < 2 ? given : correctedTag(word, given, dictionaryTag);
      const end = start + word.length;
      let simplified = word;
      let written = text.slice(start, end);
      if (word.length > 2 && isChineseNoun(tag)) {
        const part = nounWithin(word, tag, dictionaryTag);
        simplified = word.slice(part.start, part.end);
        written = written.slice(part.start, part.end);
      }
      start = end;
      if (word === '\n' || word === NAME_DOT) onGap();
      else {
        const noNoun = mayBeMistaken(word, tag) && (ADVERBS.has(before) || words[i + 1]?.tag === ASPECT);
        onWord({ text: written, simplified, tag, noNoun });
      }
      before = word;
    }
  };
  return {
    end,
    read(run) {
      for (let start = 0, next = 0; start < run.length; start = next) {
        next = start + BATCH;
        // Not between the halves of a pair.
        if (/[\udc00-\udfff]/.test(run[next] ?? '')) next++;
        const piece = run.slice(start, next);
        batch.push(piece);
        length += piece.length;
        if (length >= BATCH) end();
      }
    },
  };
}

/** Common nouns, and what the dictionary takes for a person without a family name (明白). */
const mayBeMistaken = (word: string, tag: string): boolean => tag === 'n' || (tag === 'nr' && !isSurnamed(word));

/** With its dots. In characters. */
const LONGEST_NAME = 30;

/** Makes one word of a foreign name, of which the dictionary can only have the parts. */
function joinNames(words: TaggedWord[]): TaggedWord[] {
  const joined: TaggedWord[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const last = word.word === NAME_DOT ? joined.at(-1) : undefined;
    const next = words[at + 1];
    // Longer ones are no names, and would be put together again and again.
    if (last && next && last.word.length + next.word.length < LONGEST_NAME && isForeignName(last.word + next.word)) {
      joined[joined.length - 1] = { word: last.word + NAME_DOT + next.word, tag: 'nr' };
      at++;
    } else joined.push(word);
  }
  return joined;
}

/** jieba's tags in our words; undefined for what a word cloud never wants (particles, pronouns, numerals, …). */
export function chinesePos(tag: string): string | undefined {
  if (tag.startsWith('nr')) return 'name';
  if (tag === 'ns') return 'place';
  if (tag === 'nt') return 'organisation';
  if (tag === 'n' || tag === 'nz' || tag === 'uw' || tag === 'nw') return 'noun';
  if (tag === 'v' || tag === 'vn' || tag === 'vd' || tag === 'vi') return 'verb';
  if (tag === 'a' || tag === 'an' || tag === 'ad') return 'adjective';
  return ['i', 'l', 'j', 't', 's', 'z', 'b', 'eng'].includes(tag) ? 'other' : undefined;
}

/** Tags that count as nouns: what THULAC, the reference system's segmenter, tags n, np, ns, ni, nz and uw. */
export const isChineseNoun = (tag: string): boolean => NOUNS.has(tag) || tag.startsWith('nr');
const NOUNS: ReadonlySet<string> = new Set(['n', 'ns', 'nt', 'nz', 'uw']);

/** Nouns and verbs used as nouns end a phrase; before them stand adjectives and what tells kinds apart, too. */
export function chinesePhrasePart(tag: string): PhrasePart {
  if (isChineseNoun(tag) || tag === 'vn') return 'head';
  return /^(a|an|b|j|l|i|s)$/.test(tag) ? 'modifier' : 'none';
}
