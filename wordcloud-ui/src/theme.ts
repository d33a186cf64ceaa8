/** Light or dark: as the system has it, or as the user chose; remembered, and the same in all tabs. */
import { type Ref, readonly, ref } from 'vue';
import { recall, remember } from './storage.ts';

export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

/** Where it is remembered; `public/first-paint.js` reads it before anything is drawn. */
export const THEME_KEY = 'wordcloud-theme';

const theme = ref<Theme>('system');
const isDark = ref(false);
let system: MediaQueryList | undefined;

function apply(): void {
  isDark.value = theme.value === 'dark' || (theme.value === 'system' && system?.matches === true);
  document.documentElement.classList.toggle('dark', isDark.value);
  const background = getComputedStyle(document.documentElement).getPropertyValue('--color-bg').trim();
  if (background) document.querySelector('meta[name=theme-color]')?.setAttribute('content', background);
}

function read(value: string | null): Theme {
  return THEMES.find((known) => known === value) ?? 'system';
}

/** Reads what is remembered and listens for changes; once, at the start. */
export function startTheme(): void {
  theme.value = read(recall(THEME_KEY));
  system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', apply);
  addEventListener('storage', ({ key, newValue }) => {
    if (key !== THEME_KEY) return;
    theme.value = read(newValue);
    apply();
  });
  apply();
}

export function useTheme(): { theme: Readonly<Ref<Theme>>; isDark: Readonly<Ref<boolean>>; set(theme: Theme): void } {
  return {
    theme: readonly(theme),
    /** What is shown now. */
    isDark: readonly(isDark),
    set(value) {
      theme.value = value;
      remember(THEME_KEY, value);
      apply();
    },
  };
}
