/** Builds the page with Vite, when that is needed: `node wordcloud-ui/server/build.ts`, and `make start` on the way. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { PAGE_FOLDER, UI_FOLDER } from './page-folder.ts';

/** What the page is made of, beside the packages it uses. */
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json', '../shared/contracts/src'];
/** What is worth compressing; the rest is compressed already. */
const TEXTS = /\.(js|css|html|svg|webmanifest|txt)$/;
const SMALLEST_BYTES = 1_000;

/** Is the page missing, or older than its sources? */
export async function isPageStale(): Promise<boolean> {
  const built = await stat(resolve(PAGE_FOLDER, 'index.html')).catch(() => undefined);
  if (built === undefined) return true;
  const newest = await Promise.all(SOURCES.map((source) => newestUnder(resolve(UI_FOLDER, source))));
  return Math.max(...newest) > built.mtimeMs;
}

/**
 * Builds into `dist/`, with a Brotli and a gzip version beside each text, so that serving compresses nothing.
 *
 * @throws Error when a source cannot be built, with the place
 */
export async function buildPage(): Promise<void> {
  // Vite is loaded only here: the server itself does not need it.
  const { build } = await import('vite');
  await build({ root: UI_FOLDER, configFile: resolve(UI_FOLDER, 'vite.config.ts'), logLevel: 'warn' });
  const files = await readdir(PAGE_FOLDER, { recursive: true, withFileTypes: true });
  const texts = files.filter((file) => file.isFile() && TEXTS.test(file.name));
  await Promise.all(texts.map((file) => compress(resolve(file.parentPath, file.name))));
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < SMALLEST_BYTES) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await Promise.all([
    promisify(brotliCompress)(content, { params }).then((bytes) => writeFile(`${path}.br`, bytes)),
    promisify(gzip)(content, { level: 9 }).then((bytes) => writeFile(`${path}.gz`, bytes)),
  ]);
}

/** Milliseconds since 1970 of the last change in a folder or of a file. */
async function newestUnder(path: string): Promise<number> {
  const about = await stat(path);
  if (!about.isDirectory()) return about.mtimeMs;
  const files = await readdir(path, { recursive: true, withFileTypes: true });
  const times = files
    .filter((file) => !file.name.endsWith('.test.ts'))
    .map(async (file) => (await stat(resolve(file.parentPath, file.name))).mtimeMs);
  return Math.max(about.mtimeMs, ...(await Promise.all(times)));
}

if (import.meta.main) await buildPage();
