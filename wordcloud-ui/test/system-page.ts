/** The lesson: what breaks behind the page is seen on it. */
import { it } from 'vitest';
import type { UiSystem } from './system.ts';
import { keepPicture, visitSignedIn } from './visit.ts';

const PATIENCE = { timeout: 30_000 };

export function describeSystemPage(ui: () => UiSystem): void {
  it('an instance is slowed down, healed, told to stop – all of it is seen within seconds', async () => {
    const { page, say } = await visitSignedIn(ui(), '/system');
    await page.getByRole('heading', { name: say('system.picture.title') }).waitFor();
    const log = page.getByRole('region', { name: say('system.log.label') });
    const seen = (event: string) => log.getByText(event).first().waitFor(PATIENCE);
    await page.getByLabel(say('system.faults.instance'), { exact: true }).selectOption({ label: 'seg-1' });

    await page.getByRole('button', { name: say('system.faults.slow') }).click();
    await seen('seg-1 is slowed down by 2 s');
    await page.getByRole('button', { name: say('system.faults.heal') }).click();
    await seen('seg-1 is healed');

    await page.getByRole('button', { name: say('system.faults.stop'), exact: true }).click();
    await seen('seg-1 is leaving');
    await keepPicture(page, 'system-stopped');
    await log
      .getByText(/seg-1 (was started anew|has come|is up again)/)
      .first()
      .waitFor(PATIENCE);
  });
}
