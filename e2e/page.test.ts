import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { type LocalSystem, startLocalSystem } from './local-system.ts';
import { launch, whyNoBrowser } from './page/browser.ts';
import { describePageJourney } from './page/journey.ts';
import { describePageQuality } from './page/quality.ts';
import { describePageSystem } from './page/system.ts';
import { describePageTrouble } from './page/trouble.ts';

/** The tests together ask more often than users do. */
const PLENTY = { RATE_LIMIT_ADDRESS: '10000-S', RATE_LIMIT_USER: '10000-S' };

describe.skipIf(whyNoBrowser !== '')(`the page in a browser${whyNoBrowser}`, () => {
  let system: LocalSystem;
  let browser: Browser;
  beforeAll(async () => {
    [system, browser] = await Promise.all([
      startLocalSystem({ MAKER_WORKERS: '1', SEG_WORKERS: '1', ...PLENTY }, { page: true }),
      launch(),
    ]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  });

  describePageJourney(
    () => browser,
    () => system,
  );
  describePageTrouble(
    () => browser,
    () => system,
  );
  describePageSystem(
    () => browser,
    () => system,
  );
  describePageQuality(
    () => browser,
    () => system,
  );
});
