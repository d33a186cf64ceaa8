/** The counted words as CSV (RFC 4180). */
import type { WordRow } from '@wordcloud/contracts';

const COLUMNS = ['word', 'count', 'pos', 'weight', 'placed'] as const;
/** Where two texts are compared. */
const COMPARED = [...COLUMNS, 'other', 'logRatio'] as const;

export function wordsToCsv(rows: readonly WordRow[]): string {
  const columns = rows[0]?.other === undefined ? COLUMNS : COMPARED;
  const lines = rows.map((row) => columns.map((column) => field(row[column] ?? '')).join(','));
  return [columns.join(','), ...lines, ''].join('\r\n');
}

function field(value: string | number | boolean): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
