/** What people come for, in both languages. */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LocalSystem } from '../local-system.ts';
import { makeCloud, pictureOf, signOut, signUp, WORDS } from './actions.ts';
import { keepPicture, openPage } from './browser.ts';

const ENGLISH =
  'The captain steered the ship through the storm. The crew trusted the captain, and the ship came home. ';
const CHINESE = '图书馆里有很多学生。学生在图书馆读书，老师在教室讲课。图书馆很安静，学生喜欢图书馆。';

export function describePageJourney(browser: () => Browser, system: () => LocalSystem): void {
  const open = (options = {}) => openPage(browser(), system().address('wordcloud-ui'), options);

  describe('the journey on the page', () => {
    it('English – sign up, sample, options, picture, words, palette, download, delete with undo, sign out', async () => {
      const { context, page, complaints } = await open({ acceptDownloads: true });
      await signUp(page);
      await page.getByRole('button', { name: 'The harbour' }).click();
      await page.getByText('Heart', { exact: true }).click();
      await page.getByRole('img', { name: /^Sketch of the word cloud/ }).waitFor();
      await keepPicture(page, 'create');
      await page.getByRole('button', { name: WORDS.en.make, exact: true }).click();
      await pictureOf(page).waitFor({ timeout: 30_000 });
      await keepPicture(page, 'cloud');

      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download SVG' }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(/^[\w-]+\.svg$/);
      expect(await readFile(await download.path(), 'utf8')).toMatch(/^<svg/);

      const before = await pictureOf(page).innerHTML();
      await page.getByRole('button', { name: 'Ocean' }).click();
      await expect.poll(() => pictureOf(page).innerHTML(), { timeout: 30_000 }).not.toBe(before);

      await page.getByRole('link', { name: 'My clouds' }).first().click();
      const more = page.getByRole('button', { name: /^More for/ });
      await more.click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByText('Your clouds will hang here').waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await more.waitFor();
      await keepPicture(page, 'clouds');
      await signOut(page);
      expect(complaints).toEqual([]);
      await context.close();
    }, 90_000);

    it('Chinese – chosen from the browser, from sign-up to the picture', async () => {
      const { context, page, complaints } = await open({ locale: 'zh-CN', colorScheme: 'dark' });
      await signUp(page, 'zh');
      expect(await page.evaluate('document.documentElement.lang')).toMatch(/^zh/);
      await makeCloud(page, CHINESE.repeat(4), 'zh');
      expect(await pictureOf(page, 'zh').textContent()).toBeTypeOf('string');
      await keepPicture(page, 'cloud-zh-dark');
      await page.getByRole('link', { name: WORDS.zh.clouds }).first().click();
      await page
        .getByRole('button', { name: /^“|图书馆|更多/ })
        .first()
        .waitFor();
      await signOut(page, 'zh');
      expect(complaints).toEqual([]);
      await context.close();
    }, 90_000);

    it('by keyboard – words are reached, asked, removed, and the rest is laid out again', async () => {
      const { context, page, complaints } = await open();
      await signUp(page);
      await makeCloud(page, ENGLISH.repeat(5));
      await pictureOf(page).locator('[tabindex="0"]').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      const about = page.getByRole('dialog', { name: /^About “/ });
      await about.waitFor();
      await about.getByRole('button', { name: 'Remove this word' }).click();
      await page.getByRole('button', { name: 'Lay out again' }).click();
      await page.getByText(/left out on purpose/).waitFor({ timeout: 30_000 });
      expect(complaints).toEqual([]);
      await context.close();
    }, 90_000);
  });
}
