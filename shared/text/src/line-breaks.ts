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

const CJK = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]`;
/** A new paragraph begins with a wide space or after a sign. */
const CJK_BREAK = new RegExp(`\\n(?<=${CJK}\\r?\\n)[ \\t]{0,8}(?=${CJK})`, 'gu');
/** Both begin with the line end, of which there are few. */
const HAS_CJK_BREAK = /\n(?<=[\u3040-\uffff]\r?\n)[ \t]{0,8}[\u3040-\uffff]/;
/** Shorter lines are a list or a poem. In UTF-16 units. */
const LEAST_WIDTH = 16;
/** A sign that may not begin a line makes the one before longer or shorter. */
const RAGGED = 2;
const LEAST_SHARE = 0.5;

/**
 * Joins the lines of Chinese and Japanese, which are broken within words where they are broken at a width: most lines that end
 * without a sign are then of one length, and those of headlines are not.
 */
export function joinLines(text: string): string {
  if (!HAS_CJK_BREAK.test(text)) return text;
  const lines = Array.from(text.matchAll(CJK_BREAK), ({ index, 0: { length } }) => {
    const end = text[index - 1] === '\r' ? index - 1 : index;
    return { end, next: index + length, width: end - text.lastIndexOf('\n', end - 1) - 1 };
  });
  const width = mostFrequent(lines.map((line) => line.width));
  const broken = lines.filter((line) => line.width >= LEAST_WIDTH && Math.abs(line.width - width) <= RAGGED);
  if (broken.length < lines.length * LEAST_SHARE) return text;
  let joined = '';
  let done = 0;
  for (const { end, next } of broken) {
    joined += text.slice(done, end);
    done = next;
  }
  return joined + text.slice(done);
}

function mostFrequent(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}

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
