/** My clouds: live, searched, paged, repaired, deleted by keyboard. */
import { expect, it } from 'vitest';
import type { UiSystem } from './system.ts';
import { keepPicture, visitSignedIn } from './visit.ts';

const TEXT = 'The captain steered the ship. The crew trusted the captain. ';
const SMALL = { top: '3', width: '64', height: '64' };

export function describeCloudsPage(ui: () => UiSystem): void {
  it('a cloud made elsewhere – appears, and becomes ready before one’s eyes', async () => {
    const { page, say, api } = await visitSignedIn(ui(), '/clouds');
    await page.getByRole('heading', { name: say('clouds.empty.title') }).waitFor();
    await api.upload(TEXT, {}, 'live.txt');
    await page.getByRole('link', { name: 'live.txt' }).waitFor();
    await page.getByRole('img', { name: say('clouds.picture', { title: 'live.txt' }) }).waitFor();
    await page.getByText(say('clouds.finished', { title: 'live.txt' })).waitFor({ state: 'attached' });
  });

  it('search, filter, layout – stand in the address or are remembered', async () => {
    const { page, say, api } = await visitSignedIn(ui(), '/clouds');
    for (const title of ['tea.txt', 'milk.txt']) await api.upload(TEXT, SMALL, title);
    const [tea, milk] = ['tea.txt', 'milk.txt'].map((name) => page.getByRole('link', { name }));
    await milk!.waitFor();
    await page.getByRole('searchbox', { name: say('clouds.search') }).fill('TEA');
    await expect.poll(() => milk!.count()).toBe(0);
    await expect.poll(() => page.url()).toContain('/clouds?q=TEA');
    await page.getByRole('radio', { name: say('clouds.table') }).check({ force: true });
    await page.getByRole('table', { name: say('clouds.list') }).waitFor();
    await page.reload();
    await page.getByRole('table', { name: say('clouds.list') }).waitFor();
    await tea!.waitFor();
    await page.getByRole('combobox', { name: say('clouds.filter') }).selectOption(say('clouds.status.failed'));
    await page.getByText(say('clouds.nothing.both', { q: 'TEA' })).waitFor();
    expect(page.url()).toContain('status=failed');
    await page.goBack();
    await tea!.waitFor();
    await page.getByRole('combobox', { name: say('clouds.filter') }).selectOption(say('clouds.status.failed'));
    await page.getByRole('button', { name: say('clouds.nothing.action') }).click();
    await milk!.waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('more than fit – are paged, and the address says where', async () => {
    const { page, say, api } = await visitSignedIn(ui(), '/clouds');
    for (let number = 1; number <= 25; number += 1) await api.upload(TEXT, SMALL, `text ${number}.txt`);
    await page.getByRole('link', { name: 'text 25.txt' }).waitFor();
    await page.getByRole('button', { name: say('common.pager.next') }).click();
    await page.getByRole('link', { name: 'text 1.txt' }).waitFor();
    expect(page.url()).toContain('page=2');
    await keepPicture(page, 'clouds-page-2');
    await page.goBack();
    await page.getByRole('link', { name: 'text 25.txt' }).waitFor();
    await page.goto('/clouds?page=7');
    await page.getByRole('link', { name: 'text 1.txt' }).waitFor();
    expect(page.url()).toContain('page=2');
  });

  it('a failure – is told with its reason, and can be repaired at once', async () => {
    const { page, say, api } = await visitSignedIn(ui(), '/clouds');
    await api.upload(TEXT, { minLength: '20' }, 'short words.txt');
    await page.getByText(say('errors.EMPTY_TEXT')).waitFor();
    await keepPicture(page, 'clouds-failed');
    await page.getByRole('button', { name: say('clouds.retryAllWords') }).click();
    await page.getByRole('img', { name: say('clouds.picture', { title: 'short words.txt' }) }).waitFor();
  });

  it('deleted by keyboard – the focus goes to the next one; leaving the page sends the delete', async () => {
    const { page, say, api } = await visitSignedIn(ui(), '/clouds');
    const [older, newer] = [await api.make(TEXT, SMALL), await api.make(TEXT, SMALL)];
    const links = page.getByRole('list', { name: say('clouds.list') }).getByRole('link');
    await expect.poll(() => links.count()).toBe(2);
    await links.first().focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: say('clouds.delete') }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect.poll(() => links.count()).toBe(1);
    await expect.poll(() => links.first().evaluate((link) => link === document.activeElement)).toBe(true);
    const statusOf = async ({ id }: { id: string }) => (await api.get(`/api/wordclouds/${id}`)).status;
    expect(await statusOf(newer)).toBe(200);
    await page.goto('about:blank');
    await expect.poll(() => statusOf(newer)).toBe(404);
    expect(await statusOf(older)).toBe(200);
  });
}
