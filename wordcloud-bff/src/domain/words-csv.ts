/** The counted words as CSV (RFC 4180). */
import type { WordRow } from '@wordcloud/contracts';

export function wordsToCsv(rows: readonly WordRow[]): string {
  const lines = rows.map(({ word, count, pos, weight, placed }) =>
    [word, count, pos ?? '', weight, placed].map(field).join(','),
  );
  return ['word,count,pos,weight,placed', ...lines, ''].join('\r\n');
}

function field(value: string | number | boolean): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
