/** Makes running text of the lines of a PDF, whose pages know nothing of words and paragraphs. */

/** Pages that a repeated line must be on to be a running head: so many, and this share of all. */
const HEAD_PAGES = 4;
const HEAD_SHARE = 0.3;
/** A line of ideographs this long, compared to the longest of its page, goes on in the next. */
const FULL_LINE = 0.8;
const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}';
const ENDS_IN_CJK = new RegExp(`[${CJK}，、；：]$`, 'u');
/** Mostly, or a line of Latin letters, which are half as wide, would be the longest. */
const IN_CJK = new RegExp(`[${CJK}]{5}`, 'u');
const BEGINS_IN_CJK = new RegExp(`^[${CJK}]`, 'u');
const LONGEST_WORD = 60;
const BROKEN_WORD = /[\p{L}\p{M}]+[-\u00ad\u2010]$/u;
const REST_OF_WORD = /^\p{Ll}[\p{L}\p{M}]{0,60}/u;
/** Bounded, or each letter of a word without a hyphen would begin a search. */
const HYPHENATED = /(?<![\p{L}\p{M}])[\p{L}\p{M}]{1,60}[-\u2010][\p{L}\p{M}]{1,60}/gu;

/** @param pages lines of each page, in reading order */
export function joinLines(pages: string[][]): string {
  const kept = withoutRunningHeads(
    pages.map((lines) => lines.map((line) => line.trim()).filter((line) => line !== '')),
  );
  const hyphenated = hyphenatedWords(kept);
  /** Put together at last: a string that is cut and grown line by line would be copied each time. */
  const parts: string[] = [];
  let before = '';
  for (const lines of kept) {
    const longest = lines.reduce((most, line) => (IN_CJK.test(line) ? Math.max(most, line.length) : most), 0);
    for (const line of lines) {
      const broken = BROKEN_WORD.exec(before.slice(-LONGEST_WORD))?.[0];
      const rest = REST_OF_WORD.exec(line)?.[0];
      if (broken !== undefined && rest !== undefined) {
        // A hyphen that stands within a line elsewhere belongs to the word.
        const keep = hyphenated.has(`${broken}${rest}`.replace('\u2010', '-').toLowerCase());
        if (!keep) parts.push(parts.pop()!.slice(0, -1));
      } else if (parts.length > 0 && !goesOn(before, line, longest)) {
        parts.push('\n');
      }
      parts.push(line);
      before = line;
    }
  }
  return parts.join('');
}

const goesOn = (before: string, line: string, longest: number) =>
  before.length >= longest * FULL_LINE && ENDS_IN_CJK.test(before.slice(-2)) && BEGINS_IN_CJK.test(line);

/** Titles and page numbers at the top or bottom of many pages would be the most frequent words of a book. */
function withoutRunningHeads(pages: string[][]): string[][] {
  const counts = new Map<string, number>();
  const key = (line: string | undefined) => line?.replace(/\d+/g, '#').slice(0, 200) ?? '';
  for (const lines of pages) {
    for (const line of new Set([key(lines[0]), key(lines.at(-1))])) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const isHead = (line: string | undefined) =>
    line !== undefined && (counts.get(key(line)) ?? 0) >= Math.max(HEAD_PAGES, pages.length * HEAD_SHARE);
  return pages.map((lines) => {
    if (lines.length < 3) return lines;
    const from = isHead(lines[0]) ? 1 : 0;
    const to = lines.length > from && isHead(lines.at(-1)) ? -1 : lines.length;
    return lines.slice(from, to);
  });
}

function hyphenatedWords(pages: string[][]): Set<string> {
  const found = new Set<string>();
  for (const lines of pages) {
    for (const line of lines) {
      for (const [word] of line.matchAll(HYPHENATED)) found.add(word.toLowerCase().replace('\u2010', '-'));
    }
  }
  return found;
}
