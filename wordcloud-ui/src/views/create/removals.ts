/** Words that somebody took out of a picture and that the next layout shall leave out. */
import { computed, ref } from 'vue';
import { cleanTerms, type Offer } from './valid-options.ts';

export function useRemovals() {
  const words = ref<string[]>([]);
  const isRemoved = computed(() => {
    const set = new Set(words.value);
    return (word: string) => set.has(word);
  });

  return {
    /** In the order in which they were removed. */
    words,
    isRemoved,
    remove(word: string) {
      if (!words.value.includes(word)) words.value = [...words.value, word];
    },
    /** Takes one back; without a word, the last one. */
    restore(word = words.value.at(-1)) {
      words.value = words.value.filter((other) => other !== word);
    },
    clear() {
      words.value = [];
    },
    /** The stop words of the next layout: those of the last one and the removed. */
    stopwords: (before: readonly string[], choices: Pick<Offer, 'limits'>) =>
      cleanTerms([...before, ...words.value], choices.limits.stopwords),
  };
}

export type Removals = ReturnType<typeof useRemovals>;
