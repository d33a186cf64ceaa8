/**
 * Words by Unicode's rules and ICU's dictionaries (`Intl.Segmenter`): Japanese, Thai, and every script without a tagger.
 * Its time grows with the square of the length, so it is only ever given short pieces.
 */

const PIECE = 500;
const segmenters = new Map<string, Intl.Segmenter>();

/** Scripts that put no spaces between words. Elsewhere a run of letters is a word, and the segmenter, slow on many short texts, could only part it at hyphens. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** @param run letters of one script, without spaces */
export function* segmentWords(run: string, language: string): Generator<string> {
  if (!WITHOUT_SPACES.test(run)) {
    yield run;
    return;
  }
  let segmenter = segmenters.get(language);
  if (segmenter === undefined) {
    segmenter = new Intl.Segmenter(language, { granularity: 'word' });
    segmenters.set(language, segmenter);
  }
  for (const piece of pieces(run)) {
    for (const { segment, isWordLike } of segmenter.segment(piece)) if (isWordLike) yield segment;
  }
}

/** Cuts so that neither a surrogate pair nor a letter and its marks are parted. */
function* pieces(run: string): Generator<string> {
  let start = 0;
  while (run.length - start > PIECE) {
    let end = start + PIECE;
    while (end < run.length && end < start + PIECE + 50 && /^[\p{M}\p{Cs}]/u.test(run[end]!)) end++;
    yield run.slice(start, end);
    start = end;
  }
  yield run.slice(start);
}
