/** What a person chose last, kept in the browser. */
import type { CloudOptions } from '@wordcloud/contracts';
import { recall, remember } from '@/storage.ts';
import { type Offer, validOptions } from './valid-options.ts';

const KEY = 'wordcloud-options';

/** What was chosen last; what is not remembered, or not offered any more, is as the server has it. */
export function rememberedOptions(choices: Offer): CloudOptions {
  try {
    return validOptions(JSON.parse(recall(KEY) ?? 'null'), choices);
  } catch {
    return validOptions(null, choices);
  }
}

export const rememberOptions = (options: CloudOptions): void => remember(KEY, JSON.stringify(options));
