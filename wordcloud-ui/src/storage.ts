/** What the browser keeps between visits. It may refuse, as where cookies are switched off: then each visit is the first. */

/** @returns null when nothing is kept under this key */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param value null forgets what was kept */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Full or forbidden: it holds until the page is left.
  }
}
