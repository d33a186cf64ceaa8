/** The words of one language in their order: counted at once, or held back until it is known which of them are phrases. */
import { findPhrases, ROLES } from './phrases.ts';
import { fold } from './stop-words.ts';
import type { WordFilter } from './word-filter.ts';

/** What a word may be of a phrase: its last or any other part, any but the last, none. What is known `late` is decided at the end. */
export type PhrasePart = 'head' | 'modifier' | 'none' | 'late';

export interface WordSequence {
  /**
   * @param isWanted counts by itself, too
   * @param formCounts false for a form that says nothing of how the word is written
   */
  add(text: string, pos: string | null, part: PhrasePart, isWanted: boolean, formCounts?: boolean): void;
  /** What no phrase reaches over. */
  gap(): void;
  /** @param decide says of the words that came late, with their counts, as what they count */
  end(decide?: (found: ReadonlyMap<string, number>) => ReadonlyMap<string, LateWord>): void;
}

export interface LateWord {
  word: string;
  pos: string;
}

/** @param separator what stands between the words of a phrase */
export function createWordSequence(count: WordFilter, stops: ReadonlySet<string>, separator: '' | ' '): WordSequence {
  return count.phrases ? heldBack(count, stops, separator) : atOnce(count, stops);
}

function atOnce(count: WordFilter, stops: ReadonlySet<string>): WordSequence {
  const found = new Map<string, number>();
  return {
    add(text, pos, part, isWanted, formCounts) {
      if (isWanted) count.add(text, pos, stops, formCounts);
      else if (part === 'late') found.set(text, (found.get(text) ?? 0) + 1);
    },
    gap() {},
    end(decide) {
      for (const [text, { word, pos }] of decide?.(found) ?? []) {
        for (let i = found.get(text)!; i > 0; i--) count.add(word, pos, stops);
      }
    },
  };
}

/** Between two words of a phrase, as in House of Commons; every other stop word parts. */
const CONNECTORS: ReadonlySet<string> = new Set(
  'of and for in the de du des del della delle di da do dos das von van der den und et y e en i og och på för'.split(
    ' ',
  ),
);

interface Item {
  text: string;
  pos: string | null;
  part: PhrasePart;
  isWanted: boolean;
  formCounts: boolean;
  type: number;
  times: number;
  /** Of the same text, but not the same otherwise. */
  next: number | undefined;
}

function isSame(item: Item, pos: string | null, part: PhrasePart, isWanted: boolean, formCounts: boolean): boolean {
  return item.pos === pos && item.part === part && item.isWanted === isWanted && item.formCounts === formCounts;
}

const GAP = -1;

function heldBack(count: WordFilter, stops: ReadonlySet<string>, separator: '' | ' '): WordSequence {
  const items: Item[] = [];
  /** The first item of each text; the others follow from it. */
  const known = new Map<string, number>();
  const types = new Map<string, number>();
  const order: number[] = [];
  const gap = () => {
    if (order.at(-1) !== GAP) order.push(GAP);
  };
  const typeOf = (text: string): number => {
    const key = fold(text);
    const type = types.get(key) ?? types.size;
    types.set(key, type);
    return type;
  };
  const roleOf = ({ text, part }: Item): number => {
    if (part !== 'none' && count.accepts(text, stops)) return part === 'head' ? ROLES.head : ROLES.modifier;
    return CONNECTORS.has(fold(text)) ? ROLES.connector : ROLES.none;
  };
  const addPhrase = (words: readonly Item[]) => {
    const isName = words.every(({ text, pos }) => pos === 'name' || CONNECTORS.has(fold(text)));
    // Where there are parts of speech, a phrase ends with a noun.
    const pos = isName ? 'name' : words.at(-1)!.pos && 'noun';
    const formCounts = words.every((word) => word.formCounts);
    count.keep(words.map(({ text }) => text).join(separator), pos, formCounts);
  };
  return {
    gap,
    add(text, pos, part, isWanted, formCounts = true) {
      const first = known.get(text);
      let [id, last] = [first, first];
      while (id !== undefined && !isSame(items[id]!, pos, part, isWanted, formCounts))
        [last, id] = [id, items[id]!.next];
      if (id === undefined) {
        id = items.length;
        if (last === undefined) known.set(text, id);
        else items[last]!.next = id;
        const type = last === undefined ? typeOf(text) : items[last]!.type;
        items.push({ text, pos, part, isWanted, formCounts, type, times: 0, next: undefined });
      }
      items[id]!.times++;
      order.push(id);
    },
    end(decide) {
      const late = items.filter(({ part }) => part === 'late');
      const decided = decide?.(new Map(late.map(({ text, times }) => [text, times])));
      for (const item of late) {
        const word = decided?.get(item.text);
        item.part = word ? 'head' : 'none';
        if (word) Object.assign(item, { text: word.word, pos: word.pos, isWanted: true, type: typeOf(word.word) });
      }
      const roles = items.map(roleOf);
      const lengths = findPhrases({
        types: order.map((id) => (id === GAP ? GAP : items[id]!.type)),
        roles: order.map((id) => (id === GAP ? ROLES.none : roles[id]!)),
        typeCount: types.size,
      });
      for (let at = 0; at < order.length; ) {
        const length = lengths[at]!;
        const item = items[order[at]!];
        if (length > 0) addPhrase(order.slice(at, at + length).map((id) => items[id]!));
        else if (item?.isWanted) count.add(item.text, item.pos, stops, item.formCounts);
        at += length || 1;
      }
    },
  };
}
