/** `GET /api/options`: what may be chosen. */
import {
  bffContract,
  COLORINGS,
  DEFAULT_OPTIONS,
  DEMO_ACCOUNT,
  FONTS,
  IMAGE_FORMATS,
  LANGUAGES,
  LIMITS,
  MASK_FITS,
  MASK_SOURCES,
  PALETTES,
  ROTATIONS,
  SCALINGS,
  SHAPES,
  WORD_CLASSES,
} from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance } from 'fastify';

export function optionRoutes(app: FastifyInstance, maxTextBytes: number, hasDemoAccount: boolean): void {
  const options = {
    languages: [...LANGUAGES],
    palettes: [...PALETTES],
    shapes: [...SHAPES],
    fonts: [...FONTS],
    rotations: [...ROTATIONS],
    scalings: [...SCALINGS],
    words: [...WORD_CLASSES],
    colorings: [...COLORINGS],
    maskSources: [...MASK_SOURCES],
    maskFits: [...MASK_FITS],
    formats: [...IMAGE_FORMATS],
    limits: { ...LIMITS, bytes: maxTextBytes },
    defaults: { ...DEFAULT_OPTIONS },
    demoAccount: hasDemoAccount ? { ...DEMO_ACCOUNT } : null,
  };
  route(app, bffContract, 'getOptions', async () => options);
}
