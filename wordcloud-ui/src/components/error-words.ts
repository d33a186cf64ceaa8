/** What an error says to a person, in the language of the page. */
import type { Violation } from '@wordcloud/contracts';
import { isApiError } from '@/api/api-error.ts';

/** What is needed of `useI18n()`. */
export interface Translator {
  t(key: string, values: Record<string, unknown>, plural?: number): string;
  te(key: string): boolean;
}

export interface ErrorWords {
  text: string;
  /** Sentences about single fields. */
  fields: string[];
  /** To be told to who looks after the system; only where it helps. */
  requestId: string | undefined;
}

/** Waiting is told for errors that ask for it; others may be tried again at any time. */
const ASK_TO_WAIT = ['RATE_LIMITED', 'TOO_MANY_ATTEMPTS', 'OVERLOADED'];

export function errorWords(error: unknown, translator: Translator): ErrorWords {
  const { t, te } = translator;
  if (!isApiError(error)) return { text: t('errors.UNKNOWN', {}), fields: [], requestId: undefined };
  const { code, status, detail, errors, retryAfterSeconds } = error;
  const text = te(`errors.${code}`) ? t(`errors.${code}`, {}) : detail;
  const wait = ASK_TO_WAIT.includes(code) && retryAfterSeconds !== undefined && retryAfterSeconds > 0;
  return {
    text: wait ? `${text} ${t('errors.retryIn', { time: duration(retryAfterSeconds, t) })}` : text,
    fields: errors.map((violation) => fieldWords(violation, t)),
    requestId: status >= 500 ? error.requestId : undefined,
  };
}

/** The sentence for toasts and other places with room for one. */
export function errorSentence(error: unknown, translator: Translator): string {
  const { text, fields } = errorWords(error, translator);
  return [text, ...fields].join(' ');
}

const fieldWords = ({ field, allowed }: Violation, t: Translator['t']) => t('errors.field', { field, allowed });

function duration(seconds: number, t: Translator['t']): string {
  const minutes = Math.ceil(seconds / 60);
  return seconds < 90
    ? t('errors.seconds', { n: Math.ceil(seconds) }, Math.ceil(seconds))
    : t('errors.minutes', { n: minutes }, minutes);
}
