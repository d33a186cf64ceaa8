/** Makes a text ready to be cut into words: one way to write each letter, and nothing in it that is no word. */
import { joinBrokenWords, joinLines } from './line-breaks.ts';

/** Soft hyphens, byte order marks and zero-width spaces are for typesetters; they would part a word in two. */
const INVISIBLE = /[\u00ad\ufeff\u2060\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Full-width Latin, half-width kana and ligatures: the same letters in another dress. */
const WIDTH_FORMS = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9f\ufb00-\ufb06]+/g;
/** More than Unicode's stream-safe format allows on one letter (UAX 15): composing sorts them in quadratic time. */
const TOO_MANY_MARKS = /\p{M}{31,}/gu;
const MARKS_KEPT = 30;
const ADDRESS = /\b(?:(?:https?|s?ftps?|file|wss?|git|ssh):\/\/|www\.|mailto:)[^\s<>"'，。）)]{1,2000}/gi;
const HAS_ADDRESS = /:\/\/|www\.|mailto:/i;
/** Addresses without `https://` are known by ends that no sentence has where a space was left out. */
const DOMAIN_END =
  /\.(?:com|org|net|edu|gov|info|io|dev|app|cn|jp|uk|eu)(?![a-z\d-])(?:\.[a-z]{2}(?![a-z\d-]))?(?:[/:?#][^\s<>"'，。）)]{0,2000})?/gi;
const LONGEST_DOMAIN = 253;
/** Bounded on the left, or a long word without an @ would be looked at from each of its letters. */
const MAIL =
  /(?<![\p{Script=Latin}\d_.+-])[\p{Script=Latin}\d_.+-]{1,64}@[\p{Script=Latin}\d-]{1,64}(?:\.[\p{Script=Latin}\d-]{1,64})+/gu;
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi;
const APOSTROPHES: ReadonlySet<string> = new Set(['&apos;', '&#39;', '&#x27;', '&rsquo;', '&lsquo;', '&#8217;']);
/** What keyboards and typesetters put in an apostrophe's place. */
const ODD_APOSTROPHE = /(?<=\p{L})[\u02bc\u00b4`\u201b\u2032\uff07](?=\p{L})/gu;
const HAS_ODD_APOSTROPHE = /[\u02bc\u00b4`\u201b\u2032\uff07]/;

/**
 * Composes (NFC), unfolds widths, joins words that were broken at line ends, and takes out invisible characters, web and
 * mail addresses and HTML's entities.
 */
export function cleanText(text: string): string {
  let clean = joinLines(
    joinBrokenWords(text.replace(TOO_MANY_MARKS, (marks) => marks.slice(0, MARKS_KEPT)).normalize('NFC')),
  )
    .replace(INVISIBLE, '')
    .replace(WIDTH_FORMS, (letters) => letters.normalize('NFKC'));
  if (HAS_ADDRESS.test(clean)) clean = clean.replace(ADDRESS, ' ');
  if (HAS_ODD_APOSTROPHE.test(clean)) clean = clean.replace(ODD_APOSTROPHE, '’');
  if (clean.includes('@')) clean = clean.replace(MAIL, ' ');
  clean = withoutDomains(clean);
  if (clean.includes('&'))
    clean = clean.replace(ENTITY, (entity) => (APOSTROPHES.has(entity.toLowerCase()) ? "'" : ' '));
  return clean;
}

function withoutDomains(text: string): string {
  let rest = '';
  let done = 0;
  for (const { index, 0: end } of text.matchAll(DOMAIN_END)) {
    let start = index;
    while (start > done && index - start < LONGEST_DOMAIN && /[a-z\d.-]/i.test(text[start - 1]!)) start--;
    if (start === index) continue;
    rest += `${text.slice(done, start)} `;
    done = index + end.length;
  }
  return done === 0 ? text : rest + text.slice(done);
}
