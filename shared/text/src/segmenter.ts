/**
 * Words by Unicode's rules and ICU's dictionaries (`Intl.Segmenter`): Japanese, Thai, and every script without a tagger.
 * Its time grows with the square of the length, and each call costs, too: it is given pieces of one good size, into which
 * long runs are cut and short ones are put together.
 */

const PIECE = 500;
const segmenters = new Map<string, Intl.Segmenter>();

/** Scripts that put no spaces between words. Elsewhere a run of letters is a word; the segmenter could only part it at hyphens. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

export interface SegmentReader {
  /** Letters of one script, without spaces. */
  read(run: string): void;
  end(): void;
}

/**
 * @param language BCP 47
 * @param onGap called between words that do not touch
 */
export function createSegmentReader(
  language: string,
  onWord: (word: string) => void,
  onGap: () => void = () => {},
): SegmentReader {
  let waiting: string[] = [];
  let length = 0;
  const end = () => {
    if (length === 0) return;
    // A line end between two runs keeps a word from reaching over both.
    const text = waiting.join('\n');
    [waiting, length] = [[], 0];
    for (const { segment, isWordLike } of segmenterOf(language).segment(text)) {
      if (isWordLike) onWord(segment);
      else onGap();
    }
    onGap();
  };
  return {
    end,
    read(run) {
      if (!WITHOUT_SPACES.test(run)) {
        onWord(run);
        onGap();
        return;
      }
      for (const piece of pieces(run)) {
        waiting.push(piece);
        length += piece.length + 1;
        if (length >= PIECE) end();
      }
    },
  };
}

function segmenterOf(language: string): Intl.Segmenter {
  let segmenter = segmenters.get(language);
  if (segmenter === undefined) {
    segmenter = new Intl.Segmenter(language, { granularity: 'word' });
    segmenters.set(language, segmenter);
  }
  return segmenter;
}

/** Cuts so that neither a surrogate pair nor a letter and its marks are parted. */
function* pieces(run: string): Generator<string> {
  let start = 0;
  while (run.length - start > PIECE) {
    let end = start + PIECE;
    while (end < run.length && end < start + PIECE + 50 && /^[\p{M}\udc00-\udfff]/u.test(run[end]!)) end++;
    yield run.slice(start, end);
    start = end;
  }
  yield run.slice(start);
}
