// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startTheme, THEME_KEY, useTheme } from './theme.ts';

let isSystemDark = false;
let tellSystem = () => {};

beforeEach(() => {
  localStorage.clear();
  isSystemDark = false;
  vi.stubGlobal('matchMedia', () => ({
    get matches() {
      return isSystemDark;
    },
    addEventListener: (_name: string, listener: () => void) => {
      tellSystem = listener;
    },
  }));
});

const isDark = () => document.documentElement.classList.contains('dark');

describe('theme', () => {
  it('nothing chosen – as the system, also when that changes', () => {
    startTheme();
    expect(useTheme().theme.value).toBe('system');
    expect(isDark()).toBe(false);
    isSystemDark = true;
    tellSystem();
    expect(isDark()).toBe(true);
  });

  it('chosen – remembered, whatever the system says', () => {
    startTheme();
    useTheme().set('dark');
    expect(isDark()).toBe(true);
    expect(localStorage.getItem(THEME_KEY)).toBe('dark');
    startTheme();
    expect(useTheme().isDark.value).toBe(true);
    useTheme().set('light');
    isSystemDark = true;
    tellSystem();
    expect(isDark()).toBe(false);
  });

  it('chosen in another tab – here, too; nonsense counts as nothing', () => {
    startTheme();
    dispatchEvent(new StorageEvent('storage', { key: THEME_KEY, newValue: 'dark' }));
    expect(isDark()).toBe(true);
    dispatchEvent(new StorageEvent('storage', { key: THEME_KEY, newValue: 'purple' }));
    expect(useTheme().theme.value).toBe('system');
    expect(isDark()).toBe(false);
  });
});
