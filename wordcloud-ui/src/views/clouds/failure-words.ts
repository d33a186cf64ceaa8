/** Why a cloud could not be made, in the language of the page. */
import type { Task } from '@wordcloud/contracts';

/** What is needed of `useI18n()`. */
interface Translator {
  t(key: string): string;
  te(key: string): boolean;
}

/** A code that this page does not know keeps the server's sentence. */
export function failureWords({ error }: Pick<Task, 'error'>, { t, te }: Translator): string {
  const key = `errors.${error?.code}`;
  return te(key) ? t(key) : (error?.detail ?? t('errors.INTERNAL'));
}
