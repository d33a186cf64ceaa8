/**
 * Parts of speech of English words: wink-pos-tagger's lexicon, guesses and rules, applied without its lemmas, and with what is
 * known of a word kept for the next time. The tags are the same; it takes a fraction of the time.
 */
import { createRequire } from 'node:module';
import { applyFirst, type ContextRules, type Rule, rulesFor } from './english-rules.ts';

const require = createRequire(import.meta.url);

type Guess = (token: { value: string; normal: string; tag: string; pos?: string }, lexicon: object) => string[];

interface Word {
  normal: string;
  /** The most frequent tag. */
  tag: string;
  /** One for each pass of the rules. */
  passes: readonly ReadonlyMap<string, readonly Rule[]>[];
  /** Several tags are possible. */
  isAmbiguous: boolean;
  /** What nouns and adjectives with a capital, and decades, become after the rules. */
  isName: boolean;
  isDecade: boolean;
  /** One of the two. */
  isSpecial: boolean;
}

export interface Tagger {
  /** @returns Penn Treebank's tag of each token of a sentence */
  tag(tokens: readonly string[]): string[];
  /**
   * Does the lexicon have the word, in small letters, with a tag that begins so?
   *
   * @param among so many of its most frequent tags; all unless given
   */
  mayBe(word: string, tag: string, among?: number): boolean;
}

/** Texts have fewer different words; made-up ones must not fill the memory. */
const REMEMBERED_WORDS = 50_000;

/** In wink-pos-tagger's order: what lies before a token, then what comes after it. */
const PASSES = ['value-rules-le0', 'pos-rules-le0', 'value-rules-ge0', 'pos-rules-ge0'];

// Both expressions are wink-pos-tagger's, so that tokens are of the same kinds.
const NUMBER = /^\d+\/\d+|\d(?:[.,\-/]?\d)*(?:\.\d+)?$/;
const PUNCTUATION = /^[’'‘`“”"[\](){}….,!;?\-:]+$/;
/** What contractions are split into keeps its tag even with a capital. */
const CONTRACTED = new Set(['ai', 'ca', 'sha', 'wo', "'ll", "'ve", "'m", "'re", "n't", "'d"]);
const DECADE = /^(?:(?:mid-)?19[13-9]0s|mid-1920s)$/;

let tagger: Tagger | undefined;

/** Loads the lexicon (13 MB) on first use. */
export function loadEnglish(): Tagger {
  tagger ??= createTagger();
  return tagger;
}

/** Loads the lexicon. */
export function createTagger(): Tagger {
  const guess = require('wink-pos-tagger/src/unigram-tagger.js') as Guess;
  const lexicon = require('wink-lexicon/src/lexicon.js') as Readonly<Record<string, readonly string[]>>;
  const { normalize } = (require('wink-helpers') as { string: { normalize(text: string): string } }).string;
  const allRules = PASSES.map((name) => require(`wink-pos-tagger/src/rules/${name}.js`) as ContextRules);
  const passesByOptions = new Map<string, Word['passes']>();
  const words = new Map<string, Word>();

  const passesFor = (options: readonly string[]): Word['passes'] => {
    const key = options.join(' ');
    const known = passesByOptions.get(key) ?? allRules.map((rules) => rulesFor(options, rules));
    passesByOptions.set(key, known);
    return known;
  };
  const learn = (value: string): Word => {
    const normal = normalize(value);
    const token = { value, normal, tag: kindOf(value), pos: '' };
    const options = guess(token, lexicon);
    const isName = /^[A-Z]/.test(value) && !CONTRACTED.has(normal);
    const isDecade = DECADE.test(normal);
    const word = {
      normal,
      tag: token.pos,
      passes: passesFor(options),
      isAmbiguous: options.length > 1,
      isName,
      isDecade,
      isSpecial: isName || isDecade,
    };
    if (words.size >= REMEMBERED_WORDS) words.clear();
    words.set(value, word);
    return word;
  };

  return {
    mayBe: (word, tag, among) =>
      Object.hasOwn(lexicon, word) && lexicon[word]!.slice(0, among).some((other) => other.startsWith(tag)),
    tag(tokens) {
      const { length } = tokens;
      const sentence: Word[] = new Array(length);
      const normals: string[] = new Array(length);
      const tags: string[] = new Array(length);
      // Most words have one tag only.
      const open: number[] = [];
      for (let at = 0; at < length; at++) {
        const word = words.get(tokens[at]!) ?? learn(tokens[at]!);
        sentence[at] = word;
        normals[at] = word.normal;
        tags[at] = word.tag;
        if (word.isAmbiguous) open.push(at);
      }
      const tagged = { normals, tags };
      for (let pass = 0; pass < PASSES.length; pass++) {
        for (const at of open) {
          const rules = sentence[at]!.passes[pass]!.get(tags[at]!);
          if (rules) applyFirst(rules, tagged, at);
        }
      }
      for (let at = 0; at < length; at++) if (sentence[at]!.isSpecial) tags[at] = finish(tags[at]!, sentence[at]!);
      return tags;
    },
  };
}

function finish(tag: string, { isName, isDecade }: Word): string {
  if (isDecade) return 'CD';
  return isName && (tag[0] === 'J' || tag[0] === 'N') ? 'NNP' : tag;
}

function kindOf(value: string): 'number' | 'punctuation' | 'word' {
  if (NUMBER.test(value)) return 'number';
  return PUNCTUATION.test(value) ? 'punctuation' : 'word';
}
