/** The languages of the page. Each is a chunk of its own; only the chosen one is loaded. */
import { computed, type WritableComputedRef } from 'vue';
import { createI18n } from 'vue-i18n';
import { recall, remember } from '../storage.ts';
import type enMessages from './en/index.ts';
import type { Messages } from './messages.ts';

export type { Messages } from './messages.ts';

export const LOCALES = ['en', 'zh'] as const;
export type Locale = (typeof LOCALES)[number];

/** Where it is remembered; `public/first-paint.js` reads it, too. */
export const LOCALE_KEY = 'wordcloud-locale';

/** BCP 47, for `lang`. */
const TAGS: Record<Locale, string> = { en: 'en', zh: 'zh-CN' };

const loaders: Record<Locale, () => Promise<{ default: Messages<typeof enMessages> }>> = {
  en: () => import('./en/index.ts'),
  zh: () => import('./zh/index.ts'),
};

const date = { year: 'numeric', month: 'short', day: 'numeric' } as const;
const time = { hour: '2-digit', minute: '2-digit' } as const;
const datetimeFormats = { short: date, long: { ...date, ...time }, time };
const numberFormats = {
  decimal: { maximumFractionDigits: 1 },
  percent: { style: 'percent', maximumFractionDigits: 0 },
} as const;

export const i18n = createI18n({
  legacy: false,
  locale: 'en' as Locale,
  fallbackLocale: false,
  messages: {} as Record<Locale, Messages<typeof enMessages>>,
  datetimeFormats: { en: datetimeFormats, zh: datetimeFormats },
  numberFormats: { en: numberFormats, zh: numberFormats },
});

/** The language that is remembered, else the one of the browser, else English. */
export function initialLocale(): Locale {
  const wanted = [recall(LOCALE_KEY) ?? [], navigator.languages].flat();
  return wanted.map((tag) => LOCALES.find((locale) => tag.toLowerCase().startsWith(locale))).find(Boolean) ?? 'en';
}

/** Loads a language if it is not there yet, and shows it. */
export async function showLocale(locale: Locale): Promise<void> {
  const { global } = i18n;
  if (!global.availableLocales.includes(locale)) global.setLocaleMessage(locale, (await loaders[locale]()).default);
  global.locale.value = locale;
  document.documentElement.lang = TAGS[locale];
}

/** Shows a language and remembers it. */
export async function setLocale(locale: Locale): Promise<void> {
  await showLocale(locale);
  remember(LOCALE_KEY, locale);
}

/** The language as something to bind to. */
export function useLocale(): WritableComputedRef<Locale> {
  return computed({
    get: () => i18n.global.locale.value as Locale,
    set: (locale) => void setLocale(locale),
  });
}
