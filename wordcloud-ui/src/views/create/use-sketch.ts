/** The words of the sketch and their places, renewed as text and options change, while the page is idle. */
import type { CloudOptions } from '@wordcloud/contracts';
import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import type { WordCount } from './count-words.ts';
import { gridSize, maskGround, shapeGround, textGround } from './ground.ts';
import { readableColor } from './palettes.ts';
import { type Measure, placeWords } from './sketch.ts';
import { sketchColors } from './sketch-colors.ts';
import { compareCounts } from './sketch-compare.ts';
import { SKETCH_FONT, weightOf } from './sketch-font.ts';
import { repeatWords } from './sketch-sizes.ts';
import { useCounted } from './use-counted.ts';

const MOST_WORDS = 40;
/** Words with their copies, where they fill the shape. */
const MOST_COPIES = 160;

/**
 * Must be called within a component, with which it ends.
 *
 * @param text what is counted; empty for example words
 * @param compare what it is compared with; empty for nothing
 * @param example words for an empty text, separated by blanks, the most important first
 */
export function useSketch(
  text: () => string,
  compare: () => string,
  options: () => CloudOptions,
  mask: Readonly<Ref<File | null>>,
  example: () => string,
) {
  const counted = useCounted(text, options);
  const other = useCounted(compare, options);
  const compared = computed(() =>
    other.value.length > 0 ? compareCounts(counted.value, other.value, MOST_WORDS) : undefined,
  );
  const image = shallowRef<ImageBitmap>();

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
    const { shape, shapeText, maskBy, maskInvert, maskFit } = options();
    if (image.value) return maskGround(image.value, width, height, { maskBy, maskInvert, maskFit });
    return shapeText === null ? shapeGround(shape, width, height) : textGround(shapeText, width, height);
  });
  const isExample = computed(() => counted.value.length === 0);
  const words = computed(() => {
    const all = isExample.value ? exampleWords(example()) : (compared.value?.words ?? counted.value);
    const once = all.slice(0, Math.min(options().top, MOST_WORDS));
    return options().repeat ? repeatWords(once, MOST_COPIES) : once;
  });
  const placed = computed(() => {
    const { font, width, rotation, angles, scaling, strict, seed, ...pixels } = options();
    const cell = size.value.width / width;
    const [margin, least] = [(pixels.margin ?? 0) * cell, (pixels.minFontSize ?? 0) * cell];
    const most = (pixels.maxFontSize ?? Number.POSITIVE_INFINITY) * cell;
    const wanted = { rotation, angles, scaling, strict, margin, least, most, seed };
    return placeWords(words.value, ground.value, measureIn(weightOf(font)), wanted);
  });
  const colors = computed(() => {
    const { background } = options();
    const colorOf = isExample.value ? undefined : compared.value?.colorOf;
    if (!colorOf) return sketchColors(placed.value, ground.value, options());
    return placed.value.map(({ word }) => readableColor(colorOf.get(word) ?? '#000000', background));
  });

  return { placed, colors, size, isExample };
}

const exampleWords = (text: string): WordCount[] =>
  text.split(' ').map((word, i) => ({ word, count: Math.round(60 / (i + 1.6)) }));

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
