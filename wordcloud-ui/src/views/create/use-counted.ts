/** The words of a text, counted anew as it and the options change, while the page is idle. */
import type { CloudOptions } from '@wordcloud/contracts';
import { computed, shallowRef, watch } from 'vue';
import { countWords, type WordCount } from './count-words.ts';

/** Characters that are counted; the sketch does not get better from more. */
const MOST_CHARACTERS = 200_000;
/** More than are drawn: where two texts are compared, what is rare in one may be frequent in the other. */
const MOST_WORDS = 400;
/** Milliseconds without typing before the words are counted anew. */
const PAUSE_MS = 250;

/** Must be called within a component, with which it ends. @returns the words, the most frequent first */
export function useCounted(text: () => string, options: () => CloudOptions) {
  const counted = shallowRef<WordCount[]>([]);
  const stopwords = computed(() => options().stopwords.join(' '));

  watch(
    [text, () => options().minLength, () => options().numbers, stopwords],
    (_now, _before, onCleanup) => {
      const stop = new AbortController();
      onCleanup(() => stop.abort());
      if (text() === '') counted.value = [];
      else void countLater(stop.signal);
    },
    { immediate: true },
  );

  async function countLater(signal: AbortSignal): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (signal.aborted) return;
    const { minLength, numbers, stopwords: leftOut } = options();
    const wanted = { minLength, numbers, stopwords: leftOut };
    const counting = countWords(text().slice(0, MOST_CHARACTERS), wanted, MOST_WORDS);
    for (let step = counting.next(); ; step = counting.next()) {
      if (step.done) {
        counted.value = step.value;
        return;
      }
      await idle();
      if (signal.aborted) return;
    }
  }

  return counted;
}

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    // Safari has no idle callback.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 300 });
    else setTimeout(resolve, 16);
  });
