/** One reader for each kind of writing: each takes tokens of its script and hands over their words. */
import { chinesePos, createChineseReader, isChineseNoun, isLikelyName } from './chinese.ts';
import { splitElision } from './elision.ts';
import { createEnglishReader, englishPos } from './english.ts';
import { koreanStems } from './korean.ts';
import { createSegmentReader } from './segmenter.ts';
import { stopWords } from './stop-words.ts';
import { LONGEST_WORD, type Token } from './tokens.ts';
import { toSimplified } from './traditional.ts';
import type { WordFilter } from './word-filter.ts';

export function english(count: WordFilter) {
  const stops = stopWords('en');
  return createEnglishReader(({ text, pos, first, clitic }) => {
    if (clitic) return;
    count.see('en');
    if (!count.nounsOnly || pos.startsWith('NN')) count.add(text, englishPos(pos), stops, !first);
  });
}

/** A language in Latin letters without a tagger. */
export function plainLatin(language: string, count: WordFilter) {
  const stops = stopWords(language);
  let first = true;
  return {
    read({ kind, text }: Token) {
      if (kind === 'end') first = true;
      if (kind !== 'latin') return;
      const { article, word } = splitElision(text, language);
      if (article) count.see(language);
      count.see(language);
      count.add(word, null, stops, article || !first);
      first = false;
    },
    end() {},
  };
}

export function chinese(count: WordFilter) {
  const stops = stopWords('zh');
  const found = new Map<string, number>();
  const reader = createChineseReader(({ text, simplified, tag }) => {
    count.see('zh');
    if (tag === 'x') found.set(text, (found.get(text) ?? 0) + 1);
    const pos = chinesePos(tag);
    if (pos === undefined || (count.nounsOnly && !isChineseNoun(tag))) return;
    if (!stops.has(simplified)) count.add(text, pos, stops);
  });
  return {
    read: reader.read,
    end() {
      reader.end();
      for (const [word, times] of found) {
        if (isLikelyName(toSimplified(word), times)) for (let i = 0; i < times; i++) count.add(word, 'noun', stops);
      }
    },
  };
}

export function japanese(count: WordFilter) {
  const stops = stopWords('ja');
  return createSegmentReader('ja', (word) => {
    count.see('ja');
    // What has neither kanji nor katakana is grammar, nearly always.
    if (!count.nounsOnly || /[\p{Script=Han}\p{Script=Katakana}]/u.test(word)) count.add(word, null, stops);
  });
}

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
      for (const [word, times] of found) {
        if (stops.has(word)) continue;
        for (let i = 0; i < times; i++) count.add(stems.get(word) ?? word, null, stops);
      }
    },
  };
}

/** Every other script, by the language that it stands for. */
export function otherScript(language: string, count: WordFilter) {
  const stops = stopWords(language);
  return createSegmentReader(language, (word) => {
    count.see(language);
    count.add(word, null, stops);
  });
}
