/** Settings of wordcloud-maker. */
import {
  commonSettings,
  maxTextBytesSetting,
  objectStoreSettings,
  serviceAddress,
  workersSetting,
} from '@wordcloud/service-kit';

export const settings = {
  ...commonSettings('wordcloud-maker'),
  ...objectStoreSettings(),
  segAddress: serviceAddress('SEGSVC', 'wordcloud-seg'),
  taskAddress: serviceAddress('TASKSVC', 'wordcloud-task'),
  workers: workersSetting('MAKER_WORKERS'),
  maxTextBytes: maxTextBytesSetting(),
};
