/** What holds for every page: accessible, for every screen, light and dark, small, without jumps. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LocalSystem } from '../local-system.ts';
import { expectNoSideScroll, makeCloud, signUp } from './actions.ts';
import { keepPicture, openPage } from './browser.ts';

const TEXT = 'The captain steered the ship through the storm and came home with tea. '.repeat(5);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Bytes of compressed script that the first page may load. */
const MOST_SCRIPT_BYTES = 200_000;

interface Finding {
  id: string;
  nodes: { html: string }[];
}

export function describePageQuality(browser: () => Browser, system: () => LocalSystem): void {
  const open = (options = {}) => openPage(browser(), system().address('wordcloud-ui'), options);

  describe('every page', () => {
    it.each(['light', 'dark'] as const)(
      '%s – axe finds nothing, and no phone scrolls sideways',
      async (colorScheme) => {
        // Only so can axe be put into the page; the policy itself is watched by the other tests.
        const { context, page, complaints } = await open({ colorScheme, bypassCSP: true });
        const look = async (path: string, heading: RegExp) => {
          await page.goto(path);
          await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
          await keepPicture(page, `${colorScheme}${path.replaceAll('/', '-')}`);
          expect(await findingsOf(page)).toEqual([]);
          await page.setViewportSize({ width: 375, height: 780 });
          await expectNoSideScroll(page);
          await keepPicture(page, `${colorScheme}-phone${path.replaceAll('/', '-')}`);
          await page.setViewportSize({ width: 1280, height: 900 });
        };
        await look('/sign-in', /Welcome/);
        await look('/sign-up', /account/);
        await signUp(page);
        const path = await makeCloud(page, TEXT);
        for (const [where, heading] of [
          ['/', /read/],
          [path, /captain/],
          ['/clouds', /My clouds/],
          ['/system', /System/],
        ] as const) {
          await look(where, heading);
        }
        expect(complaints).toEqual([]);
        await context.close();
      },
      120_000,
    );

    it('first load – little script, soon there, nothing jumps', async () => {
      const { context, page } = await open();
      await page.addInitScript(MEASURE);
      let bytes = 0;
      page.on('response', async (response) => {
        if (!response.url().endsWith('.js')) return;
        const { responseBodySize } = await response.request().sizes();
        bytes += responseBodySize;
      });
      await page.goto('/sign-in', { waitUntil: 'networkidle' });
      expect(bytes).toBeGreaterThan(10_000);
      expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
      await signUp(page);
      const path = await makeCloud(page, TEXT);
      for (const where of ['/', path, '/clouds', '/system']) {
        await page.goto(where, { waitUntil: 'load' });
        await page.getByRole('heading', { level: 1 }).waitFor();
        await expect.poll(() => page.evaluate('measured.paintMs')).toBeGreaterThan(0);
        expect([where, ((await page.evaluate('measured.shift')) as number) < 0.1]).toEqual([where, true]);
      }
      await context.close();
    }, 120_000);
  });
}

/** Runs in the page: layout shift without the visitor's doing, and the largest paint. */
const MEASURE = `
  globalThis.measured = { shift: 0, paintMs: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) measured.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    measured.paintMs = list.getEntries().at(-1).startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
`;

async function findingsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const options = { runOnly: { type: 'tag', values: WCAG } };
  const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as {
    violations: Finding[];
  };
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
