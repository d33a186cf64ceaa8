/** Brill's context rules, as wink-pos-tagger has them, in a form that is quick to apply. */

/** A condition of wink-pos-tagger: the tag or the text of a token near by matches. */
interface Condition {
  operand: { property: 'pos' | 'normal'; delta?: number; range?: [number, number] };
  matches: RegExp;
}

/** A rule of wink-pos-tagger: where all conditions hold, the tag becomes another, if the word may have it. */
export interface ContextRule {
  rules: Condition[];
  willBe: string;
}

/** The rules for each tag that a token may have now. */
export type ContextRules = Readonly<Record<string, readonly ContextRule[]>>;

/** A sentence: the words in small letters, and the tags so far. */
export interface TaggedSentence {
  readonly normals: readonly string[];
  readonly tags: string[];
}

interface Test {
  from: number;
  to: number;
  /** Of the tags, not of the words? */
  ofTags: boolean;
  /** Most conditions name one text; the others need their expression. */
  text: string | undefined;
  /** The expression is for any one character. */
  isLetter: boolean;
  matches: RegExp;
}

export interface Rule {
  tests: readonly Test[];
  willBe: string;
}

/**
 * Takes out of the rules those that can change the tag of a word: a rule never gives a word a tag that it cannot have.
 *
 * @param options the tags that the word may have
 */
export function rulesFor(options: readonly string[], rules: ContextRules): ReadonlyMap<string, readonly Rule[]> {
  const chosen = new Map<string, Rule[]>();
  if (options.length < 2) return chosen;
  for (const [tag, ofTag] of Object.entries(rules)) {
    const possible = ofTag.filter(({ willBe }) => options.includes(willBe));
    if (possible.length === 0) continue;
    chosen.set(
      tag,
      possible.map(({ rules: conditions, willBe }) => ({ tests: conditions.map(compile), willBe })),
    );
  }
  return chosen;
}

/** Applies the first rule whose conditions hold at a token. */
export function applyFirst(rules: readonly Rule[], sentence: TaggedSentence, at: number): void {
  for (let i = 0; i < rules.length; i++) {
    const { tests, willBe } = rules[i]!;
    if (!holdAll(tests, sentence, at)) continue;
    sentence.tags[at] = willBe;
    return;
  }
}

function compile({ operand: { property, delta = 0, range = [delta, delta] }, matches }: Condition): Test {
  const text = /^\^([A-Za-z',]+)\$+$/.exec(matches.source)?.[1];
  const isLetter = matches.source === '^.$';
  return { from: range[0], to: range[1], ofTags: property === 'pos', text, isLetter, matches };
}

function holdAll(tests: readonly Test[], sentence: TaggedSentence, at: number): boolean {
  for (let i = 0; i < tests.length; i++) if (!holds(tests[i]!, sentence, at)) return false;
  return true;
}

function holds(test: Test, { tags, normals }: TaggedSentence, at: number): boolean {
  const values = test.ofTags ? tags : normals;
  // The quick ways first: this is where most of the time goes.
  if (test.from === test.to) return isMet(test, values[at + test.from]);
  const end = Math.min(at + test.to, values.length - 1);
  for (let i = Math.max(0, at + test.from); i <= end; i++) if (isMet(test, values[i])) return true;
  return false;
}

/** @param value undefined before and behind the sentence */
function isMet({ text, isLetter, matches }: Test, value: string | undefined): boolean {
  if (text !== undefined) return value === text;
  return value !== undefined && (!isLetter || value.length === 1) && matches.test(value);
}
