/** The page in a real browser, before the real system. `CHROMIUM` names the browser, `SCREENSHOTS` a folder for pictures. */
import { afterAll, beforeAll, describe } from 'vitest';
import { describeJourney } from './journey.ts';
import { findChromium, startUiSystem, type UiSystem } from './system.ts';
import { expectNoComplaints } from './visit.ts';

const chromium = findChromium();
if (!chromium) {
  console.warn('The browser tests are skipped: there is no Chromium. Install it, or name one in CHROMIUM.');
}

describe.skipIf(!chromium)('the page', () => {
  // One system and one browser for all: starting them takes longer than most tests.
  let ui: UiSystem;
  beforeAll(async () => {
    ui = await startUiSystem(chromium!);
  }, 120_000);
  afterAll(() => ui?.stop());
  expectNoComplaints();

  describeJourney(() => ui);
});
