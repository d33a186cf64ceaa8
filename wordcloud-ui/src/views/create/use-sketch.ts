/** The words of the sketch and their places, renewed as text and options change, while the page is idle. */
import type { CloudOptions } from '@wordcloud/contracts';
import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { countWords, type WordCount } from './count-words.ts';
import { gridSize, maskGround, shapeGround } from './ground.ts';
import { type Measure, placeWords } from './sketch.ts';

const MOST_WORDS = 40;
/** Characters that are counted; the sketch does not get better from more. */
const MOST_CHARACTERS = 200_000;
/** Milliseconds without typing before the words are counted anew. */
const PAUSE_MS = 250;

const WEIGHTS: Readonly<Record<string, number>> = {
  'sans-light': 300,
  sans: 400,
  'sans-bold': 700,
  'sans-black': 900,
};
export const weightOf = (font: string): number => WEIGHTS[font] ?? 400;

/** The font of the sketch: what the machine has. */
export const SKETCH_FONT =
  'ui-sans-serif, system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/**
 * Must be called within a component, with which it ends.
 *
 * @param text what is counted; empty for example words
 * @param example words for an empty text, separated by blanks, the most important first
 */
export function useSketch(
  text: () => string,
  options: () => CloudOptions,
  mask: Readonly<Ref<File | null>>,
  example: () => string,
) {
  const counted = shallowRef<WordCount[]>([]);
  const image = shallowRef<ImageBitmap>();
  const isCounting = ref(false);
  const stopwords = computed(() => options().stopwords.join(' '));

  watch(
    [text, () => options().minLength, stopwords],
    (_now, _before, onCleanup) => {
      const stop = new AbortController();
      onCleanup(() => stop.abort());
      isCounting.value = text() !== '';
      if (text() === '') counted.value = [];
      else void countLater(stop.signal);
    },
    { immediate: true },
  );

  async function countLater(signal: AbortSignal): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (signal.aborted) return;
    const { minLength, stopwords: leftOut } = options();
    const counting = countWords(text().slice(0, MOST_CHARACTERS), { minLength, stopwords: leftOut }, MOST_WORDS);
    for (let step = counting.next(); ; step = counting.next()) {
      if (step.done) {
        counted.value = step.value;
        isCounting.value = false;
        return;
      }
      await idle();
      if (signal.aborted) return;
    }
  }

  watch(
    mask,
    async (file) => {
      const bitmap = file === null ? undefined : await createImageBitmap(file).catch(() => undefined);
      if (mask.value !== file) return bitmap?.close();
      image.value?.close();
      image.value = bitmap;
    },
    { immediate: true },
  );
  onScopeDispose(() => image.value?.close());

  const size = computed(() => gridSize(options().width, options().height));
  const ground = computed(() => {
    const { width, height } = size.value;
    return image.value ? maskGround(image.value, width, height) : shapeGround(options().shape, width, height);
  });
  const isExample = computed(() => counted.value.length === 0);
  const words = computed(() => (isExample.value ? exampleWords(example()) : counted.value).slice(0, options().top));
  const placed = computed(() => {
    const { font, rotation, scaling, seed } = options();
    return placeWords(words.value, ground.value, measureIn(weightOf(font)), { rotation, scaling, seed });
  });

  return { placed, size, isExample, isCounting };
}

const exampleWords = (text: string): WordCount[] =>
  text.split(' ').map((word, i) => ({ word, count: Math.round(60 / (i + 1.6)) }));

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    // Safari has no idle callback.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 300 });
    else setTimeout(resolve, 16);
  });

let context: CanvasRenderingContext2D | null | undefined;
const PROBE_SIZE = 100;

/** Widths and heights as the browser draws them, with a little room around. */
function measureIn(weight: number): Measure {
  context ??= document.createElement('canvas').getContext('2d');
  if (context) context.font = `${weight} ${PROBE_SIZE}px ${SKETCH_FONT}`;
  return (word) => {
    if (!context) return { width: word.length * 0.6, height: 1, baseline: 0.35 };
    const { width, actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = context.measureText(word);
    const [rise, drop] = [up / PROBE_SIZE, down / PROBE_SIZE];
    return { width: width / PROBE_SIZE + 0.16, height: rise + drop + 0.12, baseline: (rise - drop) / 2 };
  };
}
