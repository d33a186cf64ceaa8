/** What may be chosen, as the bff says it, for tests. */
import {
  COLORINGS,
  DEFAULT_OPTIONS,
  FONTS,
  LANGUAGES,
  LIMITS,
  MASK_FITS,
  MASK_SOURCES,
  PALETTES,
  ROTATIONS,
  SCALINGS,
  SHAPES,
} from '@wordcloud/contracts';
import type { CloudChoices } from '@/api/tasks.ts';

export function makeChoices(): CloudChoices {
  return {
    languages: [...LANGUAGES],
    palettes: [...PALETTES],
    shapes: [...SHAPES],
    fonts: [...FONTS],
    rotations: [...ROTATIONS],
    scalings: [...SCALINGS],
    words: ['nouns', 'all'],
    colorings: [...COLORINGS],
    maskSources: [...MASK_SOURCES],
    maskFits: [...MASK_FITS],
    formats: ['png', 'svg'],
    limits: { ...LIMITS, bytes: 10 * 1024 * 1024 },
    defaults: structuredClone({ ...DEFAULT_OPTIONS }),
    demoAccount: null,
  };
}
