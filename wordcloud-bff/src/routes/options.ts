/** `GET /api/options`: what may be chosen. */
import {
  bffContract,
  DEFAULT_OPTIONS,
  DEMO_ACCOUNT,
  FONTS,
  LANGUAGES,
  LIMITS,
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
    formats: ['png', 'svg'],
    limits: { ...LIMITS, bytes: maxTextBytes },
    defaults: { ...DEFAULT_OPTIONS },
    demoAccount: hasDemoAccount ? { ...DEMO_ACCOUNT } : null,
  };
  route(app, bffContract, 'getOptions', async () => options);
}
