/** One cloud: its words by keyboard. */
import { it } from 'vitest';
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
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('cloud.popover.remove') })
      .click();
    await page.getByRole('button', { name: say('cloud.removed.layOut') }).click();
    await page.getByText(/left out on purpose/).waitFor({ timeout: 30_000 });
  });
}
