/** One reader for each kind of writing: each takes tokens of its script and hands over their words. */
import { chinesePhrasePart, chinesePos, createChineseReader, isChineseNoun } from './chinese.ts';
import { findNames } from './chinese-names.ts';
import { splitElision } from './elision.ts';
import { createEnglishReader, englishPhrasePart, englishPos } from './english.ts';
import { createCapitals } from './german.ts';
import { createNounReader, isJapaneseNoun } from './japanese.ts';
import { isKoreanPredicate, koreanStems, withoutParticle } from './korean.ts';
import { createSegmentReader } from './segmenter.ts';
import { stopWords } from './stop-words.ts';
import { LONGEST_WORD, type Token } from './tokens.ts';
import { toSimplified } from './traditional.ts';
import type { WordFilter } from './word-filter.ts';
import { createWordSequence, type LateWord } from './word-sequence.ts';

export function english(count: WordFilter) {
  const stops = stopWords('en');
  const sequence = createWordSequence(count, stops, ' ');
  const reader = createEnglishReader(({ text, pos, first, clitic }) => {
    if (clitic) {
      sequence.gap();
      return;
    }
    count.see('en');
    const isWanted = !count.nounsOnly || pos.startsWith('NN');
    const part = count.phrases ? englishPhrasePart(pos) : 'none';
    sequence.add(text, englishPos(pos), part, isWanted, !first);
  }, sequence.gap);
  return {
    read: reader.read,
    gap: reader.gap,
    end() {
      reader.end();
      sequence.end();
    },
  };
}

/** A language in Latin letters without a tagger. */
export function plainLatin(language: string, count: WordFilter) {
  const stops = stopWords(language);
  const sequence = createWordSequence(count, stops, ' ');
  const capitals = language === 'de' && count.nounsOnly ? createCapitals() : undefined;
  let first = true;
  return {
    read({ kind, text }: Token) {
      if (kind === 'end') first = true;
      if (kind !== 'latin') {
        sequence.gap();
        return;
      }
      const { article, word } = splitElision(text, language);
      if (article) {
        count.see(language);
        sequence.gap();
      }
      count.see(language);
      sequence.add(word, null, 'head', true, article || !first);
      if (!first) capitals?.see(word);
      first = false;
    },
    gap: sequence.gap,
    end() {
      sequence.end();
      for (const word of capitals?.smallWords() ?? []) count.remove(word);
    },
  };
}

export function chinese(count: WordFilter) {
  const stops = stopWords('zh');
  const sequence = createWordSequence(count, stops, '');
  /** How often the sentence spoke against a noun of the dictionary. */
  const doubts = new Map<string, number>();
  const reader = createChineseReader(({ text, simplified, tag: given, noNoun }) => {
    count.see('zh');
    if (noNoun) doubts.set(text, (doubts.get(text) ?? 0) + 1);
    const tag = noNoun ? 'v' : given;
    const pos = chinesePos(tag);
    const isWanted = pos !== undefined && (!count.nounsOnly || isChineseNoun(tag)) && !stops.has(simplified);
    const part = count.phrases ? chinesePhrasePart(tag) : 'none';
    sequence.add(text, pos ?? null, tag === 'x' ? 'late' : part, isWanted);
  }, sequence.gap);
  return {
    read: reader.read,
    end() {
      reader.end();
      sequence.end(namesAsWritten);
      if (!count.nounsOnly) return;
      for (const [word, times] of doubts) {
        if (times > 1 && times >= count.counted(word) * LEAST_DOUBTS) count.remove(word);
      }
    },
  };
}

/** For each time that a word was counted: most of those are in places that would show nothing. */
const LEAST_DOUBTS = 0.15;

/** Names are known in simplified characters. */
function namesAsWritten(found: ReadonlyMap<string, number>): Map<string, LateWord> {
  const simplified = new Map<string, number>();
  for (const [text, count] of found) {
    const word = toSimplified(text);
    simplified.set(word, (simplified.get(word) ?? 0) + count);
  }
  const names = findNames(simplified);
  const written = new Map<string, LateWord>();
  for (const text of found.keys()) {
    const word = toSimplified(text);
    const name = names.get(word);
    if (name === undefined) continue;
    const start = word.indexOf(name.word);
    written.set(text, { word: text.slice(start, start + name.word.length), pos: name.pos });
  }
  return written;
}

export function japanese(count: WordFilter) {
  const stops = stopWords('ja');
  const words = createNounReader((word, kanji) => {
    count.see('ja');
    if (count.nounsOnly && (kanji === 'part' || !isJapaneseNoun(word))) return;
    count.add(word, null, stops, true, kanji === 'whole' ? KANJI_LENGTH : undefined);
  });
  const reader = createSegmentReader('ja', words.read, words.gap);
  return {
    read(run: string) {
      for (const part of run.split('·')) reader.read(part);
    },
    end: reader.end,
  };
}

/** A kanji that is a word says as much as two letters. */
const KANJI_LENGTH = 2;

export function korean(count: WordFilter) {
  const stops = stopWords('ko');
  const found = new Map<string, number>();
  return {
    read(word: string) {
      count.see('ko');
      if (word.length <= LONGEST_WORD) found.set(word, (found.get(word) ?? 0) + 1);
    },
    end() {
      const stems = koreanStems(found);
      const nouns = new Set(stems.values());
      for (const [word, times] of found) {
        const stem = stems.get(word) ?? word;
        if (stops.has(word) || stops.has(stem === word ? withoutParticle(word) : stem)) continue;
        if (count.nounsOnly && isKoreanPredicate(stem)) continue;
        const length = nouns.has(stem) ? Math.max(stem.length, SYLLABLE_LENGTH) : stem.length;
        for (let i = 0; i < times; i++) count.add(stem, null, stops, true, length);
      }
    },
  };
}

/** A syllable that has proved to be a noun by its particles says as much as two. */
const SYLLABLE_LENGTH = 2;

/** Every other script, by the language that it stands for. */
export function otherScript(language: string, count: WordFilter) {
  const stops = stopWords(language);
  return createSegmentReader(language, (word) => {
    count.see(language);
    count.add(word, null, stops);
  });
}
