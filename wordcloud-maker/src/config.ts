/** Settings of wordcloud-maker. */
import { LIMITS } from '@wordcloud/contracts';
import { commonSettings, integer, objectStoreSettings, serviceAddress } from '@wordcloud/service-kit';

export const settings = {
  ...commonSettings('wordcloud-maker'),
  ...objectStoreSettings(),
  segAddress: serviceAddress('SEGSVC', 'wordcloud-seg'),
  taskAddress: serviceAddress('TASKSVC', 'wordcloud-task'),
  workers: integer({
    env: 'MAKER_WORKERS',
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
