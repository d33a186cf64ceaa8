/** The cells of a table in CSV or TSV. */
import { parseRows } from './csv-rows.ts';

const DELIMITERS = [',', ';', '\t', '|'];
/** Lines that tell the delimiter. */
const SAMPLE_LINES = 20;
const NUMBER = /^[\s$€£¥%+-]*\d[\d\s.,:/%-]*$/;

/** @returns rows on lines of their own, cells parted by tabs; a row of headings is left out */
export function csvToText(source: string): string {
  const delimiter = delimiterOf(source);
  // A quote that never ends: then quotes mean nothing in this file.
  let rows = parseRows(source, delimiter, true) ?? parseRows(source, delimiter, false)!;
  if (hasHeader(rows)) rows = rows.slice(1);
  return rows.map((row) => row.filter((cell) => cell.trim() !== '').join('\t')).join('\n');
}

/** The one that most lines have in the same number, outside of quotes. */
function delimiterOf(source: string): string {
  const lines = source
    .slice(0, 64 * 1024)
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\r|\n/, SAMPLE_LINES)
    .filter((line) => line.trim() !== '');
  const alike = (delimiter: string) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    return counts[0] === 0
      ? 0
      : counts.filter((count) => count === counts[0]).length + Math.min(counts[0] ?? 0, 99) / 100;
  };
  return DELIMITERS.reduce((best, delimiter) => (alike(delimiter) > alike(best) ? delimiter : best));
}

/**
 * Whether the first row names the columns: short, different from each other, no numbers, and unlike what stands below, by the
 * vote of the columns (after csv.Sniffer of Python): numbers below a word, or cells much longer than their heading.
 */
function hasHeader(rows: string[][]): boolean {
  const [head, ...rest] = rows.slice(0, SAMPLE_LINES + 1);
  if (head === undefined || rest.length === 0 || head.length === 0) return false;
  const names = head.map((cell) => cell.trim().toLowerCase());
  if (names.some((name) => name === '' || name.length > 40 || NUMBER.test(name)) || new Set(names).size < names.length)
    return false;
  const votes = names.map((name, column) => {
    const cells = rest.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '');
    if (cells.length === 0) return 0;
    if (cells.every((cell) => NUMBER.test(cell))) return 2;
    if (cells.some((cell) => cell.toLowerCase() === name)) return -2;
    const length = cells.reduce((sum, cell) => sum + cell.length, 0) / cells.length;
    return length > 2.5 * name.length ? 1 : 0;
  });
  // Identifiers are names of columns, whatever is below.
  const identifiers = names.filter((name) => /^[a-z]+(?:_[a-z\d]+)+$|^id$/.test(name)).length;
  return votes.reduce((sum: number, vote) => sum + vote, 0) + identifiers > 0;
}
