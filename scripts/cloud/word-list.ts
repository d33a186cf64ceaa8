/** Counted words as CSV, TSV and JSON: what `--words` writes, `--frequencies` reads. */
import type { WeightedWord } from '@wordcloud/cloud';
import type { ComparedWord, CountedWord } from '@wordcloud/text';
import { parse } from 'csv-parse/sync';
import { CliError } from './errors.ts';
import { formatOf } from './formats.ts';

/** @param path its ending says the format; `-` is CSV */
export const formatCounted = (words: readonly CountedWord[], path: string): string =>
  format(words, ['word', 'count', 'pos'], path);

/** @param path its ending says the format; `-` is CSV */
export const formatCompared = (words: readonly ComparedWord[], path: string): string =>
  format(words, ['word', 'a', 'b', 'logRatio', 'g2'], path);

function format<Row extends object>(
  rows: readonly Row[],
  columns: readonly (keyof Row & string)[],
  path: string,
): string {
  if (formatOf(path) === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  const separator = formatOf(path) === 'tsv' ? '\t' : ',';
  const lines = rows.map((row) => columns.map((column) => quote(String(row[column] ?? ''))).join(separator));
  return `${[columns.join(separator), ...lines].join('\n')}\n`;
}

/** RFC 4180. */
const quote = (field: string): string => (/[",\t\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/**
 * Reads words with their counts: CSV with commas, semicolons or tabs (a first row of titles is passed over), or JSON as a list
 * of `{"word", "count"}`, a list of `["word", count]`, or one object `{"word": count}`. A part of speech may follow the count. A word
 * that comes twice has both counts.
 *
 * @throws CliError naming the line or the entry
 */
export function parseWords(text: string, path: string): WeightedWord[] {
  const entries = formatOf(path) === 'json' || /^\s*[[{]/.test(text) ? fromJson(text, path) : fromCsv(text, path);
  const words = new Map<string, WeightedWord>();
  for (const entry of entries) {
    words.set(entry.word, { ...entry, weight: entry.weight + (words.get(entry.word)?.weight ?? 0) });
  }
  return [...words.values()].sort((a, b) => b.weight - a.weight);
}

function fromCsv(text: string, path: string): WeightedWord[] {
  const firstLine = text.split('\n', 1)[0]!;
  const delimiter = ['\t', ';', ','].find((sign) => firstLine.includes(sign)) ?? ',';
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    const options = { delimiter, bom: true, trim: true, relaxColumnCount: true, skipEmptyLines: true, info: true };
    rows = parse(text, options) as unknown as typeof rows;
  } catch (error) {
    throw new CliError(1, `${path}: is no CSV: ${(error as Error).message}`, { cause: error });
  }
  return rows.flatMap(({ record: [word = '', count = '', pos], info }, index) => {
    const weight = count === '' ? Number.NaN : Number(count);
    if (index === 0 && Number.isNaN(weight)) return [];
    return [checked(word, weight, pos, `${path}: line ${info.lines}`)];
  });
}

function fromJson(text: string, path: string): WeightedWord[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CliError(1, `${path}: is no JSON: ${(error as Error).message}`, { cause: error });
  }
  const entries: unknown[] = Array.isArray(value) ? value : Object.entries(value ?? {});
  return entries.map((entry, index) => {
    const { word, count, weight, pos } = (entry ?? {}) as Record<string, unknown>;
    const [name, number, tag] = Array.isArray(entry) ? entry : [word, count ?? weight, pos];
    return checked(name, number, tag, `${path}: entry ${index + 1}`);
  });
}

function checked(word: unknown, weight: unknown, pos: unknown, where: string): WeightedWord {
  const isRight = typeof word === 'string' && word !== '' && typeof weight === 'number' && weight > 0 && weight < 1e300;
  if (isRight) return { word, weight, ...(typeof pos === 'string' && pos !== '' && { pos }) };
  throw new CliError(1, `${where}: got ${JSON.stringify([word, weight])}; allowed is a word and a number above 0.`);
}
