/** Settings of wordcloud-seg. */
import { LIMITS } from '@wordcloud/contracts';
import { commonSettings, integer } from '@wordcloud/service-kit';

export const settings = {
  ...commonSettings('wordcloud-seg'),
  workers: integer({
    env: 'SEG_WORKERS',
    default: 0,
    minimum: 0,
    maximum: 64,
    description: 'worker threads; 0: one for each core',
  }),
  maxTextBytes: integer({
    env: 'MAX_TEXT_BYTES',
    default: LIMITS.bytes,
    minimum: 1024,
    maximum: 1024 ** 3,
    description: 'largest text in bytes',
  }),
};
