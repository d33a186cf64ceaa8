/** What a person can do about a failed cloud. */
import type { CloudOptionsInput, Task } from '@wordcloud/contracts';

export type Remedy =
  /** The failure may pass: the same again. */
  | { kind: 'again' }
  /** Only nouns were counted, or only long words; the text may have others. */
  | { kind: 'all-words'; options: CloudOptionsInput }
  /** The same again fails again: something must be changed first. */
  | { kind: 'change' };

const NEEDS_A_CHANGE = ['EMPTY_TEXT', 'NOT_TEXT', 'TOO_LARGE', 'BAD_MASK', 'NO_DRAWABLE_WORDS', 'INVALID_INPUT'];

export function remedyFor({ error, options }: Pick<Task, 'error' | 'options'>): Remedy {
  const code = error?.code ?? '';
  if (code === 'EMPTY_TEXT' && (options.words === 'nouns' || options.minLength > 1)) {
    return { kind: 'all-words', options: { words: 'all', minLength: 1 } };
  }
  return { kind: NEEDS_A_CHANGE.includes(code) ? 'change' : 'again' };
}
