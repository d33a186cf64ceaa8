/** Chinese: jieba's dictionary and hidden Markov model, with parts of speech. */
import { createRequire } from 'node:module';
import type { Jieba } from '@node-rs/jieba';
import { toSimplified } from './traditional.ts';

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

export function createChineseReader(onWord: (word: ChineseWord) => void): ChineseReader {
  let batch: string[] = [];
  let length = 0;
  const end = () => {
    if (batch.length === 0) return;
    // A line end between two runs keeps a word from reaching over both.
    const text = batch.join('\n');
    [batch, length] = [[], 0];
    let at = 0;
    for (const { word, tag } of loadChinese().tag(toSimplified(text), true)) {
      const original = text.slice(at, at + word.length);
      at += word.length;
      if (word !== '\n') onWord({ text: original, simplified: word, tag });
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

/** Characters of which grammar is made: a found word that has one is a piece of a sentence, not a name. */
const FUNCTION_CHARACTERS =
  /[这那的了是我你他她它们就还也又要在把被看听见说得着过一不没有和与或但而且于之其所以为什么怎样呢吗吧啊呀个些每只都很太更最已经会能可将从对向到来去上下里外前后时么起想知叫给让道便却再才两几多少大小]/;

/** Is it likely a name that the dictionary lacks? Asked of words that the model found, with how often it found them. */
export function isLikelyName(word: string, count: number): boolean {
  return count >= 3 && /^\p{Script=Han}{2,4}$/u.test(word) && !FUNCTION_CHARACTERS.test(word);
}
