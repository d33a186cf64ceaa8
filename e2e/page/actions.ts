/** What people do on the page, by the names that they see. */

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The names in the two languages; the rest of the page is found by role. */
export const WORDS = {
  en: {
    username: 'Name',
    password: 'Password',
    makeAccount: 'Make the account',
    signIn: 'Sign in',
    text: 'Text to count',
    make: 'Make the cloud',
    cloud: /^Word cloud “/,
    clouds: 'My clouds',
    account: /^Account of /,
    signOut: 'Sign out',
  },
  zh: {
    username: '用户名',
    password: '密码',
    makeAccount: '注册',
    signIn: '登录',
    text: '要统计的文字',
    make: '生成词云',
    cloud: /^词云/,
    clouds: '我的词云',
    account: /的账户$/,
    signOut: '退出登录',
  },
} as const;
export type Language = keyof typeof WORDS;

const PASSWORD = 'a password for the tests';
let accounts = 0;

/** Makes an account on the page; it is signed in then, at the place where clouds are made. @returns its name */
export async function signUp(page: Page, language: Language = 'en'): Promise<string> {
  const words = WORDS[language];
  const name = `reader${process.pid}${accounts++}`;
  await page.goto('/sign-up');
  await page.getByLabel(words.username, { exact: true }).fill(name);
  await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: words.makeAccount, exact: true }).click();
  await page.getByLabel(words.text).waitFor();
  return name;
}

export async function signIn(page: Page, name: string, language: Language = 'en'): Promise<void> {
  const words = WORDS[language];
  await page.getByLabel(words.username, { exact: true }).fill(name);
  await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
}

/** Makes a cloud of a text and waits for its picture. @returns the path of its page */
export async function makeCloud(page: Page, text: string, language: Language = 'en'): Promise<string> {
  const words = WORDS[language];
  await page.goto('/');
  await page.getByLabel(words.text).fill(text);
  await page.getByRole('button', { name: words.make, exact: true }).click();
  await page.waitForURL(/\/clouds\/.+/);
  await pictureOf(page, language).waitFor({ timeout: 30_000 });
  return new URL(page.url()).pathname;
}

export const pictureOf = (page: Page, language: Language = 'en') => page.getByLabel(WORDS[language].cloud).first();

export async function signOut(page: Page, language: Language = 'en'): Promise<void> {
  const words = WORDS[language];
  await page.getByRole('button', { name: words.account }).click();
  await page.getByRole('menuitem', { name: words.signOut }).click();
  await page.waitForURL(/\/sign-in/);
}

/** No part of the page is wider than the screen, as soon as it has taken its place there. */
export async function expectNoSideScroll(page: Page): Promise<void> {
  const tooMuch = () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  await expect.poll(tooMuch, { timeout: 5_000 }).toBe(0);
}
