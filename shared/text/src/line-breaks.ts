/** Words that a typesetter broke at the end of a line, as `exam-` and `ple`, made whole again. */

/** A soft hyphen is only seen where it breaks. */
const SOFT_BREAK = /\u00ad[ \t]{0,40}\r?\n[ \t]{0,40}/g;
/** Two hyphens are a dash. */
const HAS_BREAK = /[^\s\-‐][-‐][ \t]{0,40}\r?\n/;
/** Begins with the hyphen, of which there are few. What goes on with a capital is another word. */
const BREAK =
  /[-‐](?<=(?<![\p{L}\p{M}])([\p{L}\p{M}]{1,60})[-‐])[ \t]{0,40}\r?\n[ \t]{0,40}(?=(\p{Ll}[\p{L}\p{M}]{0,60}))/gu;
const HYPHEN = /[-‐](?<=(?<![\p{L}\p{M}])([\p{L}\p{M}]{1,60})[-‐])(?=([\p{L}\p{M}]{1,60}))/gu;
/** After these the hyphen stands for a part to come: two- and three-word. */
const CONJUNCTIONS: ReadonlySet<string> = new Set(['and', 'or', 'to', 'und', 'oder', 'et', 'ou']);

/** A hyphen at a line's end goes, unless it belongs to the word: it has another, or the text writes it so within a line. */
export function joinBrokenWords(text: string): string {
  const soft = text.includes('\u00ad') ? text.replace(SOFT_BREAK, '') : text;
  if (!HAS_BREAK.test(soft)) return soft;
  const compounds = new Set(Array.from(soft.matchAll(HYPHEN), ([, start, rest]) => `${start}-${rest}`.toLowerCase()));
  return soft.replace(BREAK, (broken, start: string, rest: string, at: number) => {
    if (CONJUNCTIONS.has(rest.toLowerCase())) return broken;
    const before = soft[at - start.length - 1] ?? '';
    return before === '-' || before === '‐' || compounds.has(`${start}-${rest}`.toLowerCase()) ? '-' : '';
  });
}
