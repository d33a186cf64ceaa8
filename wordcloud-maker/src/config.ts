/** Settings of wordcloud-maker. */
import {
  balancingSetting,
  commonSettings,
  maxTextBytesSetting,
  objectStoreSettings,
  serviceAddresses,
  workersSetting,
} from '@wordcloud/service-kit';

export const settings = {
  ...commonSettings('wordcloud-maker'),
  ...objectStoreSettings(),
  segAddresses: serviceAddresses('SEGSVC', 'wordcloud-seg'),
  segBalancing: balancingSetting('SEGSVC', 'wordcloud-seg'),
  taskAddresses: serviceAddresses('TASKSVC', 'wordcloud-task'),
  taskBalancing: balancingSetting('TASKSVC', 'wordcloud-task'),
  workers: workersSetting('MAKER_WORKERS'),
  maxTextBytes: maxTextBytesSetting(),
};
