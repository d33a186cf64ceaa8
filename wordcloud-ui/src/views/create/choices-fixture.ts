/** What may be chosen, as the bff says it, for tests. */
import { DEFAULT_OPTIONS, FONTS, LANGUAGES, LIMITS, PALETTES, ROTATIONS, SCALINGS, SHAPES } from '@wordcloud/contracts';
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
    formats: ['png', 'svg'],
    limits: { ...LIMITS, bytes: 10 * 1024 * 1024 },
    defaults: { ...DEFAULT_OPTIONS, stopwords: [...DEFAULT_OPTIONS.stopwords] },
    demoAccount: null,
  };
}
