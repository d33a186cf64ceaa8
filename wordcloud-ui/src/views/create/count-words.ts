/** Counts the words of a text for the sketch: quick and rough. The service that makes the picture knows much more. */

export interface WordCount {
  word: string;
  count: number;
}

export interface CountOptions {
  minLength: number;
  /** Are numbers words, too? Default false. */
  numbers?: boolean;
  stopwords: readonly string[];
}

/** Function words of the languages of most readers; shorter words than four letters are left out anyway. */
const FUNCTION_WORDS = new Set(
  `about above after again against also another around because been before being between both came cannot come could does doing down
  during each else ever every everybody from gave goes going have having hers herself himself into itself just like made make many might more
  most much must myself never nobody only other otherwise ought over same shall should some such than that their them themselves then
  there therefore these they thing this those though through under until upon very want well went were what when where which while whom
  whose will with within without would your yours
  algo ante aquel aquella como cuando cual desde donde dice ella ellas ellos entre eran esta este esto estos estas hacia hasta
  nada nadie otra otro para pero porque puede quien segundo siempre sino sobre solo tanto también tiene toda todas todo todos
  aber alle auch auf dann dass dein deine denn dich dies diese diesem dieser dieses doch durch eine einem einen einer eines euch
  haben hatte ihre ihrem ihren ihrer immer jede jeder kein keine mein meine mich nach nicht noch oder ohne sehr sein seine seinem
  seinen seiner sich sind uber über unter viel vom waren warum wenn werden wird wurde zwischen
  ainsi alors aussi autre avant avec avoir cela cette chez comme dans depuis deux donc elle elles encore entre être faire leur leurs
  mais même notre nous pour quand quel quelle sans sera sont tous tout toute très votre vous était
  我们 你们 他们 她们 它们 自己 这个 那个 这些 那些 这样 那样 什么 怎么 没有 不是 就是 还是 一个 一种 一些 可以 因为 所以 但是 如果 虽然 然后 已经 只是 或者 以及 时候 起来 出来 
  これ それ あれ この その あの ここ そこ ため こと もの よう から まで など そして しかし でも する した して いる ある なる ない です ます という という`.split(
    /\s+/,
  ),
);

const NUMBER = /^\p{Number}[\p{Number}.,]*$/u;
const LETTER = /\p{Letter}/u;
/** Scripts whose words are short. */
const DENSE = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}]/u;
const ONLY_HIRAGANA = /^\p{Script=Hiragana}+$/u;

/** Does this word go into the sketch? Written in small letters. */
function isWanted(word: string, { minLength, numbers, stopwords }: CountOptions): boolean {
  if (numbers && NUMBER.test(word)) return [...word].length >= minLength && !stopwords.includes(word);
  if (!LETTER.test(word) || ONLY_HIRAGANA.test(word) || FUNCTION_WORDS.has(word) || stopwords.includes(word)) {
    return false;
  }
  return [...word].length >= Math.max(minLength, DENSE.test(word) ? 2 : 4);
}

/**
 * Counts piece by piece, so that a caller can stop between two pieces and let the page breathe.
 *
 * @param pieceLength UTF-16 units counted at a time
 * @returns a generator that yields after each piece and returns the most frequent words, heaviest first
 */
export function* countWords(
  text: string,
  options: CountOptions,
  most: number,
  pieceLength = 4_000,
): Generator<void, WordCount[]> {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  const counts = new Map<string, WordCount>();
  const lower = { ...options, stopwords: options.stopwords.map((word) => word.toLowerCase()) };
  for (let start = 0; start < text.length; ) {
    const end = endOfPiece(text, start + pieceLength);
    for (const { segment, isWordLike } of segmenter.segment(text.slice(start, end))) {
      if (!isWordLike) continue;
      const key = segment.toLowerCase();
      const known = counts.get(key);
      if (known) known.count++;
      else if (isWanted(key, lower)) counts.set(key, { word: key, count: 1 });
    }
    start = end;
    yield;
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).slice(0, most);
}

/** After the next blank or punctuation mark, so that no word is cut, if there is one soon. */
function endOfPiece(text: string, from: number): number {
  const rest = text.slice(from, from + 200).search(/[\s\p{Punctuation}]/u);
  return Math.min(text.length, rest === -1 ? from : from + rest + 1);
}
