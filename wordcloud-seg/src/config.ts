/** Settings of wordcloud-seg. */
import { commonSettings, maxTextBytesSetting, workersSetting } from '@wordcloud/service-kit';

export const settings = {
  ...commonSettings('wordcloud-seg'),
  workers: workersSetting('SEG_WORKERS'),
  maxTextBytes: maxTextBytesSetting(),
};
