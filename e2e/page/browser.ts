/** Chromium for the tests of the page: one for all of them, watched for what a page must not do. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findProgram } from '../../scripts/test-servers/find-program.ts';

/** Empty when there is none. */
export const chromiumPath = process.env.CHROMIUM || findProgram('chromium') || findProgram('google-chrome') || '';
export const whyNoBrowser = existsSync(chromiumPath)
  ? ''
  : ' (skipped: no Chromium; install chromium, or set CHROMIUM to its path)';

export interface Watched {
  context: BrowserContext;
  page: Page;
  /** Errors on the console, exceptions, violations of the security policy, requests to other origins. */
  complaints: string[];
}

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** @param base address of the page */
export async function openPage(browser: Browser, base: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({
    baseURL: base,
    locale: 'en-US',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  return { context, page, complaints: watch(page, base) };
}

/** A browser writes a line for each answer above 399; those are looked at where they are expected. */
const ANSWERS = /^Failed to load resource/;

export function watch(page: Page, base: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !ANSWERS.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !/^(blob|data):/.test(url)) complaints.push(`another origin: ${url}`);
  });
  return complaints;
}

/** Keeps a picture of the page where SCREENSHOTS says so: for people. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
