/** The upload as a form. */
import type { CloudOptions } from '@wordcloud/contracts';

export interface Upload {
  text: string;
  file: File | null;
  mask: File | null;
  title: string;
  options: CloudOptions;
}

/** The form that the bff reads: options first, so that a wrong one is known before the text has been sent. */
export function cloudForm({ text, file, mask, title, options }: Upload): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(options)) {
    form.append(name, Array.isArray(value) ? value.join(' ') : String(value));
  }
  if (title !== '') form.append('title', title);
  if (mask) form.append('mask', mask);
  form.append('file', file ?? new File([text], 'text.txt', { type: 'text/plain;charset=utf-8' }));
  return form;
}
