/** The upload as a form. */
import type { CloudOptions } from '@wordcloud/contracts';
import { titleOf } from './title-of.ts';

export interface Upload {
  text: string;
  file: File | null;
  mask: File | null;
  /** A second text, typed or as a file; none where both are empty. */
  compareText: string;
  compareFile: File | null;
  title: string;
  options: CloudOptions;
}

/** Terms may have spaces, and an own line each cannot be misread. */
const SEPARATORS: Readonly<Record<string, string>> = { stopwords: ' ', dictionary: '\n' };

/** The form that the bff reads: options first, so that a wrong one is known before the text has been sent. */
export function cloudForm(upload: Upload): FormData {
  const { text, file, mask, compareText, compareFile, title, options } = upload;
  const form = new FormData();
  for (const [name, value] of Object.entries(options)) {
    // Left out, it is as the server has it by default: nothing.
    if (value === null || (Array.isArray(value) && value.length === 0)) continue;
    form.append(name, Array.isArray(value) ? value.join(SEPARATORS[name] ?? ',') : String(value));
  }
  if (title !== '') form.append('title', title);
  if (mask) form.append('mask', mask);
  const compared = compareFile ?? (compareText.trim() === '' ? undefined : textFile(compareText, nameFor(compareText)));
  if (compared) form.append('compare', compared);
  form.append('file', file ?? textFile(text, 'text.txt'));
  return form;
}

const textFile = (text: string, name: string) => new File([text], name, { type: 'text/plain;charset=utf-8' });
/** The second text is called as its file; what looks like a path would be cut. */
const nameFor = (text: string) =>
  titleOf(text)
    .replace(/[/\\]+/g, ' ')
    .trim() || 'text.txt';
