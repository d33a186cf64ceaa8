/**
 * Rows and cells of a table in CSV (RFC 4180), as people write it: any end of line, rows of any length, quotes that are only
 * signs. csv-parse makes an error with a stack of each row that differs in length, which takes seconds for a mebibyte of them.
 */

const QUOTE = '"';

/**
 * @param delimiter one character
 * @param hasQuotes whether a cell may stand in quotes; otherwise they are letters like others
 * @returns undefined where a quote never ends; empty lines are left out
 */
export function parseRows(source: string, delimiter: string, hasQuotes: boolean): string[][] | undefined {
  const rows: string[][] = [];
  let row: string[] = [];
  const isEnd = (at: number) =>
    at >= source.length || source[at] === delimiter || source[at] === '\n' || source[at] === '\r';
  const endOf = (start: number) => {
    let at = start;
    while (!isEnd(at)) at++;
    return at;
  };
  for (let at = 0; at <= source.length; at++) {
    let end = at;
    const isQuoted = hasQuotes && source[at] === QUOTE;
    if (isQuoted) {
      const close = closingQuote(source, at + 1);
      if (close < 0) return undefined;
      end = close + 1;
    }
    if (isQuoted && isEnd(end)) row.push(source.slice(at + 1, end - 1).replaceAll('""', QUOTE));
    else {
      // A quote before more letters is one of them.
      end = endOf(end);
      row.push(source.slice(at, end));
    }
    at = end;
    if (source[at] === delimiter) continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    if (source[at] === '\r' && source[at + 1] === '\n') at++;
  }
  return rows;
}

/** @returns where it stands, -1 for nowhere; two of them are one that is meant */
function closingQuote(source: string, start: number): number {
  for (let at = start; ; at += 2) {
    at = source.indexOf(QUOTE, at);
    if (at < 0 || source[at + 1] !== QUOTE) return at;
  }
}
