/** Chinese: jieba's dictionary and hidden Markov model, with parts of speech. */
import { createRequire } from 'node:module';
import type { Jieba, TaggedWord } from '@node-rs/jieba';
import { isForeignName, NAME_DOT } from './chinese-names.ts';
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

export interface ChineseWord {
  text: string;
  /** The same in simplified characters: what dictionary and stop words know. */
  simplified: string;
  /** jieba's tag; `x` for what the model found and the dictionary lacks. */
  tag: string;
}

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
    const words = loadChinese().tag(toSimplified(text), true);
    let at = 0;
    for (const { word, tag } of text.includes(NAME_DOT) ? joinNames(words) : words) {
      const original = text.slice(at, at + word.length);
      at += word.length;
      if (word === '\n' || word === NAME_DOT) onGap();
      else onWord({ text: original, simplified: word, tag });
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
export const isChineseNoun = (tag: string): boolean => /^(n|nr.*|ns|nt|nz|uw)$/.test(tag);

/** Nouns and verbs used as nouns end a phrase; before them stand adjectives and what tells kinds apart, too. */
export function chinesePhrasePart(tag: string): PhrasePart {
  if (isChineseNoun(tag) || tag === 'vn') return 'head';
  return /^(a|an|b|j|l|i|s)$/.test(tag) ? 'modifier' : 'none';
}
