/** The lesson: what breaks behind the page is seen on it. */
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LocalSystem } from '../local-system.ts';
import { signUp } from './actions.ts';
import { keepPicture, openPage } from './browser.ts';

const PATIENCE = { timeout: 30_000 };

export function describePageSystem(browser: () => Browser, system: () => LocalSystem): void {
  describe('the system on the page', () => {
    it('an instance is slowed down, healed, told to stop – all of it is seen within seconds', async () => {
      const { context, page, complaints } = await openPage(browser(), system().address('wordcloud-ui'));
      await signUp(page);
      await page.goto('/system');
      await page.getByRole('heading', { name: 'Who calls whom' }).waitFor();
      const log = page.getByRole('region', { name: 'Events, newest first' });
      await page.getByLabel('Instance', { exact: true }).selectOption({ label: 'seg-1' });

      await page.getByRole('button', { name: 'Slow by 2 s' }).click();
      await log.getByText('seg-1 is slowed down by 2 s').waitFor(PATIENCE);
      await page.getByRole('button', { name: 'Heal all' }).click();
      await log.getByText('seg-1 is healed').waitFor(PATIENCE);

      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await log.getByText('seg-1 is leaving').waitFor(PATIENCE);
      await keepPicture(page, 'system-stopped');
      await log.getByText(/seg-1 (was started anew|has come|is up again)/).waitFor(PATIENCE);
      expect(complaints).toEqual([]);
      await context.close();
    }, 90_000);
  });
}
