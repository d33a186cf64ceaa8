/** What somebody does who comes for the first time, in both languages. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { LOCALES } from '../src/i18n/index.ts';
import type { UiSystem } from './system.ts';
import { keepPicture, visit } from './visit.ts';

const TEXTS = {
  en: { text: 'The captain steered the ship. The crew trusted the captain. '.repeat(8), word: 'captain', count: 16 },
  zh: { text: '图书馆里有很多学生。学生在图书馆读书。'.repeat(8), word: '图书馆', count: 16 },
};

export function describeJourney(ui: () => UiSystem): void {
  it.each(LOCALES)('the whole journey – %s', async (locale) => {
    const { page, say, go } = await visit(ui(), { locale });
    const { text, word, count } = TEXTS[locale];
    const name = `traveller-${locale}`;
    const button = (key: string, values = {}) =>
      page.getByRole('button', { name: say(key, values), exact: true }).filter({ visible: true });

    // An account.
    await go('/');
    await page.getByRole('heading', { name: say('auth.signIn.title') }).waitFor();
    await page.getByRole('link', { name: say('auth.signIn.otherLink') }).click();
    await page.getByRole('heading', { name: say('auth.signUp.title') }).waitFor();
    await page.getByRole('textbox', { name: say('auth.username') }).fill(name);
    await page.getByLabel(say('auth.password'), { exact: true }).fill('a long password');
    await button('auth.signUp.submit').click();

    // A cloud of a text that is pasted.
    await page.getByRole('heading', { name: say('create.title') }).waitFor();
    await page.getByRole('textbox', { name: say('create.text.label') }).fill(text);
    await page.getByRole('textbox', { name: say('create.text.name') }).fill('log book');
    await keepPicture(page, `create-${locale}`);
    await button('create.make').click();

    // The result: words that say how often they occur.
    const pictured = page.getByRole('button', { name: say('cloud.picture.word', { word, n: count }), exact: true });
    await pictured.waitFor();
    await keepPicture(page, `cloud-${locale}`);
    await pictured.focus();
    await page.keyboard.press('Enter');
    const about = page.getByRole('dialog', { name: say('cloud.popover.label', { word }) });
    expect(await about.textContent()).toContain(say('cloud.popover.count', { n: count }));
    await page.keyboard.press('Escape');

    // Other colours, with one click.
    const ocean = button('create.palette.ocean');
    await ocean.click();
    await expect.poll(() => ocean.getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => ocean.isEnabled()).toBe(true);

    // A file to take along.
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /PNG/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('log-book-wordcloud.png');
    expect((await readFile(await download.path())).subarray(1, 4).toString()).toBe('PNG');

    // My clouds: deleted, undone, deleted.
    await page
      .getByRole('navigation')
      .getByRole('link', { name: say('common.nav.clouds') })
      .first()
      .click();
    const card = page.getByRole('link', { name: 'log book' });
    await page.getByRole('img', { name: say('clouds.picture', { title: 'log book' }) }).waitFor();
    await keepPicture(page, `clouds-${locale}`);
    const remove = async () => {
      await button('clouds.menu', { title: 'log book' }).click();
      await page.getByRole('menuitem', { name: say('clouds.delete') }).click();
      await page.getByText(say('clouds.deleted', { title: 'log book' })).waitFor();
      await expect.poll(() => card.count()).toBe(0);
    };
    await remove();
    await button('clouds.undo').click();
    await card.waitFor();
    await remove();
    await page.getByRole('heading', { name: say('clouds.empty.title') }).waitFor();
    const [request] = await Promise.all([
      page.waitForRequest((sent) => sent.method() === 'DELETE'),
      button('common.dismiss').last().click(),
    ]);
    expect((await request.response())!.status()).toBe(204);

    // And out, from a page that asks for nothing just then.
    await page
      .getByRole('navigation')
      .getByRole('link', { name: say('common.nav.create') })
      .click();
    await page.getByRole('heading', { name: say('create.title') }).waitFor();
    await button('common.user.menu', { name }).click();
    await page.getByRole('menuitem', { name: say('common.user.signOut') }).click();
    await page.getByRole('heading', { name: say('auth.signIn.title') }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });
}
