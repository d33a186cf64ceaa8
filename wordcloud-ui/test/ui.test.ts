/** The page in a real browser, before the real system. `CHROMIUM` names the browser, `SCREENSHOTS` a folder for pictures. */
import { afterAll, beforeAll, describe } from 'vitest';
import { describeCloudPage } from './cloud-page.ts';
import { describeCloudsPage } from './clouds-page.ts';
import { describeCreatePage } from './create-page.ts';
import { describeHostilePicture } from './hostile-picture.ts';
import { describeJourney } from './journey.ts';
import { describeLooks } from './looks.ts';
import { describeOptions } from './options.ts';
import { describeOutages } from './outages.ts';
import { describeSessions } from './sessions.ts';
import { findChromium, startUiSystem, type UiSystem } from './system.ts';
import { describeSystemPage } from './system-page.ts';
import { expectNoComplaints } from './visit.ts';

const chromium = findChromium();
if (!chromium) {
  console.warn('The browser tests are skipped: there is no Chromium. Install it, or name one in CHROMIUM.');
}

describe.skipIf(!chromium)('the page', { timeout: 60_000 }, () => {
  // One system and one browser for all: starting them takes longer than most tests.
  let ui: UiSystem;
  beforeAll(async () => {
    ui = await startUiSystem(chromium!);
  }, 120_000);
  afterAll(() => ui?.stop());
  expectNoComplaints();

  describeJourney(() => ui);
  describeCreatePage(() => ui);
  describeOptions(() => ui);
  describeCloudPage(() => ui);
  describeHostilePicture(() => ui);
  describeCloudsPage(() => ui);
  describeSystemPage(() => ui);
  describeSessions(() => ui);
  describeLooks(() => ui);
  describeOutages(() => ui);
});
