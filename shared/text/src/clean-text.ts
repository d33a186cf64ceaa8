/** Makes a text ready to be cut into words: one way to write each letter, and nothing in it that is no word. */

/** Soft hyphens, byte order marks and zero-width spaces are for typesetters; they would part a word in two. */
const INVISIBLE = /[\u00ad\ufeff\u2060\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Full-width Latin, half-width kana and ligatures: the same letters in another dress. */
const WIDTH_FORMS = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9f\ufb00-\ufb06]+/g;
/** More than Unicode's stream-safe format allows on one letter (UAX 15): composing sorts them in quadratic time. */
const TOO_MANY_MARKS = /\p{M}{31,}/gu;
const MARKS_KEPT = 30;
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'，。）)]{1,2000}/gi;
/** Bounded on the left, or a long word without an @ would be looked at from each of its letters. */
const MAIL = /\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/g;
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi;
const APOSTROPHES: ReadonlySet<string> = new Set(['&apos;', '&#39;', '&#x27;', '&rsquo;', '&lsquo;', '&#8217;']);

/** Composes (NFC), unfolds widths, and takes out invisible characters, web and mail addresses and HTML's entities. */
export function cleanText(text: string): string {
  let clean = text
    .replace(TOO_MANY_MARKS, (marks) => marks.slice(0, MARKS_KEPT))
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(WIDTH_FORMS, (letters) => letters.normalize('NFKC'))
    .replace(ADDRESS, ' ');
  if (clean.includes('@')) clean = clean.replace(MAIL, ' ');
  if (clean.includes('&'))
    clean = clean.replace(ENTITY, (entity) => (APOSTROPHES.has(entity.toLowerCase()) ? "'" : ' '));
  return clean;
}
