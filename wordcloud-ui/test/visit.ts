/** Somebody who visits the page in a browser: where they are from, and what went wrong meanwhile. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, expect, onTestFinished } from 'vitest';
import { type ApiUser, signUp } from '../../e2e/api-client.ts';
import type { Locale } from '../src/i18n/index.ts';
import { type Say, sayIn } from './say.ts';
import type { UiSystem } from './system.ts';

export interface VisitOptions {
  locale?: Locale;
  theme?: 'light' | 'dark';
  /** Of the window, in CSS pixels. Default 1280 by 900. */
  width?: number;
  height?: number;
  /** What a test breaks on purpose, the browser logs as an error: these lines are expected. */
  expected?: RegExp;
  /** Lets the test put scripts into the page, which its policy would refuse. */
  bypassCSP?: boolean;
  /** Cookies and storage of an earlier visit; nothing is in its cache. */
  storageState?: Awaited<ReturnType<BrowserContext['storageState']>>;
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  say: Say;
  /** Opens an address of the page. */
  go(path: string): Promise<void>;
}

const problems: string[] = [];

/** Must be called once in the file of the tests: nothing that a page complains about goes unnoticed. */
export function expectNoComplaints(): void {
  afterEach(() => {
    expect(problems.splice(0)).toEqual([]);
  });
}

/** Opens a window of its own, that ends with the test. */
export async function visit({ browser, origin }: UiSystem, options: VisitOptions = {}): Promise<Visit> {
  const {
    locale = 'en',
    theme = 'light',
    width = 1280,
    height = 900,
    expected,
    bypassCSP = false,
    storageState,
  } = options;
  const context = await browser.newContext({
    locale: locale === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: theme,
    viewport: { width, height },
    isMobile: width < 600,
    hasTouch: width < 600,
    bypassCSP,
    ...(storageState && { storageState }),
    baseURL: origin,
    acceptDownloads: true,
  });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(15_000);
  const complain = (text: string) => {
    if (!expected?.test(text)) problems.push(text);
  };
  context.on('console', (message) => {
    // Violations of the content security policy are errors of the console, too.
    if (message.type() === 'error' || message.type() === 'warning') {
      complain(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', (error) => complain(`uncaught: ${error.error().message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['blob:', 'data:'].includes(url.protocol)) complain(`asks elsewhere: ${url}`);
  });
  const page = await context.newPage();
  return { context, page, say: sayIn(locale), go: async (path) => void (await page.goto(path)) };
}

let people = 0;

/** Makes an account that no other test has. */
export async function newPerson({ origin }: UiSystem): Promise<{ name: string; api: ApiUser }> {
  people += 1;
  const name = `person-${people}`;
  return { name, api: await signUp(origin, name) };
}

/** Signs in on the page that asks for it. */
export async function signIn({ page, say }: Visit, name: string): Promise<void> {
  await page.getByRole('textbox', { name: say('auth.username') }).fill(name);
  await page.getByLabel(say('auth.password'), { exact: true }).fill(`password of ${name}`);
  await page.getByRole('button', { name: say('auth.signIn.submit'), exact: true }).click();
  await page.getByRole('button', { name: say('common.user.menu', { name }) }).waitFor();
}

/** A window in which somebody new is signed in and at `path`. */
export async function visitSignedIn(ui: UiSystem, path: string, options: VisitOptions = {}) {
  const [person, visitor] = await Promise.all([newPerson(ui), visit(ui, options)]);
  await visitor.go(path);
  await signIn(visitor, person.name);
  return { ...visitor, ...person };
}

/** Keeps a picture of the page in the folder that `SCREENSHOTS` names, where it is set. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}
