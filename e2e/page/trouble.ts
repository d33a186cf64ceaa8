/** Things go wrong, and the page says so in words. */
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LocalSystem } from '../local-system.ts';
import { makeCloud, pictureOf, signIn, signOut, signUp, WORDS } from './actions.ts';
import { keepPicture, openPage, watch } from './browser.ts';

const TEXT = 'The captain steered the ship through the storm and came home. '.repeat(5);
const PATIENCE = { timeout: 30_000 };

export function describePageTrouble(browser: () => Browser, system: () => LocalSystem): void {
  const open = (options = {}) => openPage(browser(), system().address('wordcloud-ui'), options);

  describe('trouble on the page', () => {
    it('wrong files – refused before anything is sent, in words', async () => {
      const { context, page, complaints } = await open();
      await signUp(page);
      const choose = async (name: string, buffer: Buffer) => {
        const choosing = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: 'Choose a file' }).click();
        await (await choosing).setFiles({ name, mimeType: 'application/octet-stream', buffer });
      };
      await choose('data.bin', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2, 0, 0, 3]));
      await page.getByText('“data.bin” does not look like text.').waitFor();
      await choose('book.pdf', Buffer.from('%PDF-1.7 …'));
      await page.getByText('“book.pdf” is a PDF.').waitFor();
      await choose('nothing.txt', Buffer.alloc(0));
      await page.getByText('“nothing.txt” is empty.').waitFor();
      expect(await page.getByRole('button', { name: WORDS.en.make, exact: true }).isEnabled()).toBe(false);
      expect(complaints).toEqual([]);
      await context.close();
    }, 60_000);

    it('a wrong password, a taken name – said where they were typed', async () => {
      const { context, page } = await open();
      const name = await signUp(page);
      await signOut(page);
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByLabel('Password', { exact: true }).fill('something else');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('alert').first().waitFor();
      await page.getByRole('link', { name: 'Make an account' }).click();
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByLabel('Password', { exact: true }).fill('something else');
      await page.getByRole('button', { name: 'Make the account', exact: true }).click();
      await page.getByText('Somebody has this name already.').waitFor();
      await context.close();
    }, 60_000);

    it('the session has ended – signing in again leads back to where one was', async () => {
      const { context, page } = await open();
      const name = await signUp(page);
      const path = await makeCloud(page, TEXT);
      await context.clearCookies();
      await page.goto(path);
      await page.waitForURL(/\/sign-in/);
      await signIn(page, name);
      await page.waitForURL(`**${path}`);
      await pictureOf(page).waitFor(PATIENCE);
      await context.close();
    }, 60_000);

    it('two tabs – renewing at once keeps the session; signing out in one is noticed in the other', async () => {
      const { context, page, complaints } = await open();
      await signUp(page);
      const other = await context.newPage();
      const otherComplaints = watch(other, system().address('wordcloud-ui'));
      await Promise.all([page.reload(), other.goto('/clouds')]);
      await page.getByLabel(WORDS.en.text).waitFor();
      await other.getByText('Your clouds will hang here').waitFor();
      // One made in this tab shows in the other, which only listens along.
      await makeCloud(page, TEXT);
      await other.getByRole('button', { name: /^More for/ }).waitFor(PATIENCE);
      await signOut(page);
      await other.waitForURL(/\/sign-in/);
      await other.getByText('You were signed out in another tab.').waitFor();
      expect([...complaints, ...otherComplaints]).toEqual([]);
      await context.close();
    }, 90_000);

    it('the connection is lost – said, nobody is signed out, and all goes on when it is back', async () => {
      const { context, page } = await open();
      await signUp(page);
      await page.goto('/clouds');
      await page.getByText('Your clouds will hang here').waitFor();
      await context.setOffline(true);
      await page.getByText('This device is offline.').waitFor(PATIENCE);
      await context.setOffline(false);
      await page.getByText('This device is offline.').waitFor({ state: 'hidden', ...PATIENCE });
      await makeCloud(page, TEXT);
      await context.close();
    }, 90_000);

    it('the bff is killed while a cloud is made – the page waits, says so, and shows the picture afterwards', async () => {
      const { context, page } = await open();
      await signUp(page);
      await page.getByLabel(WORDS.en.text).fill(TEXT.repeat(200));
      await page.getByRole('button', { name: WORDS.en.make, exact: true }).click();
      await page.waitForURL(/\/clouds\/.+/);
      system().runner('wordcloud-bff').kill('SIGKILL');
      await keepPicture(page, 'bff-away');
      await pictureOf(page).waitFor({ timeout: 60_000 });
      expect(page.url()).toContain('/clouds/');
      await context.close();
    }, 120_000);
  });
}
