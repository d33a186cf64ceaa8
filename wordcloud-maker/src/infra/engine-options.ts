/** The options of a task as those of the engine. */
import type { CloudOptions as EngineOptions } from '@wordcloud/cloud';
import type { CloudOptions } from '@wordcloud/contracts';

/** What is null, or an empty list, is left to the engine. */
export function engineOptions(options: CloudOptions): Partial<EngineOptions> {
  // Those that choose the words; the counter has them.
  const { lang, top, words, minLength, stopwords, dictionary, phrases, mergePlurals, numbers, ...own } = options;
  const { angles, shapeText, contourColor, margin, minFontSize, maxFontSize, ...chosen } = own;
  return {
    ...chosen,
    ...(angles.length > 0 && { angles }),
    ...(shapeText !== null && { shapeText }),
    ...(contourColor !== null && { contourColor }),
    ...(margin !== null && { margin }),
    ...(minFontSize !== null && { minFontSize }),
    ...(maxFontSize !== null && { maxFontSize }),
  };
}
