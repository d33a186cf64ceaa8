import { resolve } from 'node:path';

/** The package: what the page is built from. */
export const UI_FOLDER = resolve(import.meta.dirname, '..');
/** Where the built page lies. */
export const PAGE_FOLDER = resolve(UI_FOLDER, 'dist');
