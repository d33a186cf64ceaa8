/** One cloud: its words by keyboard. */
import { expect, it } from 'vitest';
import type { UiSystem } from './system.ts';
import { visitSignedIn } from './visit.ts';

const TEXT = 'The captain steered the ship through the storm. The crew trusted the captain, and the ship came home. ';

export function describeCloudPage(ui: () => UiSystem): void {
  it('by keyboard – words are reached, asked, removed, and the rest is laid out again', async () => {
    const { page, say, api, go } = await visitSignedIn(ui(), '/clouds');
    const { id } = await api.make(TEXT.repeat(5));
    await go(`/clouds/${id}`);
    const word = page.locator('svg [role=button][tabindex="0"]');
    await word.waitFor();
    await word.focus();
    await page.keyboard.press('ArrowRight');
    const removed = await page.locator('svg [role=button]:focus').getAttribute('data-word');
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('cloud.popover.remove') })
      .click();
    await page.getByRole('button', { name: say('cloud.removed.layOut') }).click();
    await page.getByText(/left out on purpose/).waitFor({ timeout: 30_000 });
    await expect.poll(() => page.locator(`svg g[data-word="${removed}"]`).count()).toBe(0);
    // The button is gone with what it did; who goes on by keyboard goes on at the picture.
    await page.keyboard.press('Tab');
    expect(await word.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('by keyboard – another look is taken, and the focus stays where it is', async () => {
    const { page, say, api, go } = await visitSignedIn(ui(), '/clouds');
    const { id } = await api.make(TEXT.repeat(5));
    await go(`/clouds/${id}`);
    const ocean = page.getByRole('button', { name: say('create.palette.ocean') });
    await ocean.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => ocean.getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => ocean.isEnabled()).toBe(true);
    expect(await ocean.evaluate((element) => element === document.activeElement)).toBe(true);
  });
}
