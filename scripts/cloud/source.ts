/** The words to draw: counted in a text, compared with another, or read from a list. */
import type { WeightedWord } from '@wordcloud/cloud';
import {
  COMPARISON_LEGEND,
  type CountOptions,
  type CountResult,
  compareWords,
  countWords,
  weighCompared,
} from '@wordcloud/text';
import { CliError, misuse } from './errors.ts';
import { decode, nameOf, readBytes, readText, readWordList } from './input.ts';
import type { Settings } from './options.ts';
import { formatCompared, formatCounted, parseWords } from './word-list.ts';

export interface Source {
  /** The most frequent first. */
  words: WeightedWord[];
  /** Of the text, where it says one. */
  title: string | null;
  /** What `--words` writes. @param path its ending says the format */
  format(path: string): string;
  /** What the colours mean. */
  legend?: string;
}

/** @throws CliError */
export async function readSource(settings: Settings): Promise<Source> {
  const stopwords = await readWordList(settings.stopwords, 'The list of stop words');
  if (settings.frequencies !== undefined) return fromList(settings.frequencies, stopwords);
  const path = settings.text ?? (process.stdin.isTTY ? undefined : '-');
  if (path === undefined) misuse('There is no text: name a file, or pipe one in. --help shows how.');
  const dictionary = await readWordList(settings.dictionary, 'The dictionary');
  const options = { ...settings.count, stopwords, dictionary };
  const [first, title] = await countFile(path, 'The text', options);
  if (settings.compare !== undefined) {
    const [second] = await countFile(settings.compare, 'The other text', options);
    const compared = compareWords(first, second);
    const weighed = weighCompared(compared, first, second);
    const words = weighed.map(({ word, weight, color }) => ({ word, weight, color }));
    const { first: mine, second: yours, both } = COMPARISON_LEGEND;
    const legend = `${mine}: more in ${nameOf(path)}; ${yours}: more in ${nameOf(settings.compare)}; ${both}: alike`;
    return { words, title, format: (file) => formatCompared(compared, file), legend };
  }
  const words = first.words.map(({ word, count, pos }) => ({ word, weight: count, pos }));
  return { words, title, format: (file) => formatCounted(first.words, file) };
}

async function countFile(path: string, what: string, options: CountOptions): Promise<[CountResult, string | null]> {
  const { text, title } = await readText(path, what);
  const result = countWords(text, options);
  if (result.words.length === 0) {
    const hint = '. Try --count all, --min-length 1, or another --lang';
    throw new CliError(1, `${nameOf(path)} has no words to draw (language: ${result.lang})${hint}.`);
  }
  return [result, title];
}

async function fromList(path: string, stopwords: readonly string[]): Promise<Source> {
  const stops = new Set(stopwords.map((word) => word.toLowerCase()));
  const listed = parseWords(decode(await readBytes(path, 'The list of words'), path), nameOf(path));
  const words = listed.filter(({ word }) => !stops.has(word.toLowerCase()));
  if (words.length === 0) throw new CliError(1, `${nameOf(path)} has no words to draw.`);
  const counted = words.map(({ word, weight, pos = null }) => ({ word, count: weight, pos }));
  return { words, title: null, format: (file) => formatCounted(counted, file) };
}
