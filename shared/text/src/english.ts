/** English: sentences of our own tokens to words with parts of speech. */
import { correctNoun } from './english-corrections.ts';
import { loadEnglish } from './english-tagger.ts';
import { LONGEST_WORD, type Token } from './tokens.ts';
import type { PhrasePart } from './word-sequence.ts';

export interface EnglishWord {
  text: string;
  pos: string;
  /** First of its sentence: written with a capital whatever it is. */
  first: boolean;
  /** Part of a contraction that is no word by itself: `'s`, or the `ca` of `can't`. */
  clitic: boolean;
}

/** Contractions are split as the tagger learnt them (Penn Treebank); unsplit, "don't" and "I'm" would pass for nouns. */
const CONTRACTION = /^(.+?)(n['’]t|['’](?:s|m|d|ll|re|ve))$/i;

/** A sentence without an end is cut here. */
const LONGEST_SENTENCE = 500;

export interface EnglishReader {
  /** Latin tokens with the punctuation and numbers between them; other kinds of tokens must be left out. */
  read(token: Token): void;
  /** Something that was left out stands here. */
  gap(): void;
  end(): void;
}

/** Tags sentence by sentence, so that no more of a text than that is held. */
export function createEnglishReader(onWord: (word: EnglishWord) => void, onGap: () => void): EnglishReader {
  let sentence: string[] = [];
  let roles: ('word' | 'clitic' | 'other')[] = [];
  let gaps = new Set<number>();
  const push = (given: string, role: 'word' | 'clitic' | 'other') => {
    // The tagger looks at a number's digits again and again; what is longer is no word, nor will it be one when cut.
    const text = given.length > LONGEST_WORD ? given.slice(0, LONGEST_WORD + 1) : given;
    sentence.push(text);
    roles.push(role);
  };
  const end = () => {
    let first = true;
    const shouted = isShouted(sentence);
    const tagged = loadEnglish().tag(shouted ? sentence.map((text) => text.toLowerCase()) : sentence);
    for (let index = 0; index < roles.length; index++) {
      const role = roles[index]!;
      if (role === 'other' || gaps.has(index)) onGap();
      if (role === 'other') continue;
      const text = sentence[index]!;
      const tag = tagged[index]!;
      let pos = tag;
      if (!shouted && isAcronym(text)) pos = 'NNP';
      else if (tag.startsWith('NN')) pos = correctNoun(loadEnglish(), sentence, tagged, index, first);
      // A shouted word says nothing of how it is written, either.
      onWord({ text, pos, first: first || shouted, clitic: role === 'clitic' });
      first = false;
    }
    sentence = [];
    roles = [];
    if (gaps.size > 0) gaps = new Set();
  };
  return {
    end,
    gap: () => void gaps.add(sentence.length),
    read({ kind, text }) {
      const parts = kind === 'latin' && /['’]/.test(text) ? CONTRACTION.exec(text) : null;
      if (parts) {
        // Before n't stand auxiliaries only, and some of them cut short: ca, wo, sha, ai.
        // The stop word n't stands for the whole.
        const isNot = /^n/i.test(parts[2]!);
        push(parts[1]!, isNot ? 'clitic' : 'word');
        push(parts[2]!.replace('’', "'"), isNot ? 'word' : 'clitic');
      } else push(kind === 'end' ? text[0]! : text, kind === 'latin' ? 'word' : 'other');
      if (kind === 'end' || sentence.length >= LONGEST_SENTENCE) end();
    },
  };
}

/** A headline in capitals would be nothing but names to the tagger. Three words may just as well be AI, GPU and CPU. */
function isShouted(sentence: readonly string[]): boolean {
  let words = 0;
  let long = 0;
  for (const text of sentence) {
    if (/\p{Ll}/u.test(text)) return false;
    if (!/\p{Lu}/u.test(text)) continue;
    words++;
    if (text.length > 4) long++;
  }
  return words > 3 && long > 0;
}

/** AI is no form of "be", and COVID-19 no number. */
const isAcronym = (text: string): boolean => /^(?:[A-Z]{2,3}s?|(?=.*\d)(?=.*\p{L})\S{1,64})$/u.test(text);

/** Penn Treebank's tags in our words. */
export function englishPos(tag: string): string {
  if (tag.startsWith('NNP')) return 'name';
  if (tag.startsWith('NN')) return 'noun';
  if (tag.startsWith('VB')) return 'verb';
  if (tag.startsWith('JJ')) return 'adjective';
  return tag.startsWith('RB') ? 'adverb' : 'other';
}

/**
 * Phrases are nouns with nouns, adjectives and participles before them (J. Justeson and S. Katz, Technical terminology, Natural
 * Language Engineering 1(1), 1995); the tagger cannot tell `learning` in `machine learning` from a verb.
 */
export function englishPhrasePart(tag: string): PhrasePart {
  if (tag.startsWith('NN') || tag === 'VBG') return 'head';
  return tag.startsWith('JJ') || tag === 'VBN' ? 'modifier' : 'none';
}
