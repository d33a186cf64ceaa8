/** Every page: accessible in both themes, fitting on a phone, still while it loads, small. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { UiSystem } from './system.ts';
import { keepPicture, newPerson, signIn, type VisitOptions, visit, visitSignedIn } from './visit.ts';

const TEXT = 'The captain steered the ship. The crew trusted the captain. ';
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const MOST_SCRIPT_BYTES = 200_000;
const MOST_SHIFT = 0.1;

/** What has the focus, and whether something lies over its middle; undefined at the end of the page. In the page. */
function focused(): { what: string; isHidden: boolean } | undefined {
  const active = document.activeElement;
  if (active === null || active === document.body) return undefined;
  const host = active.closest('label') ?? active;
  const { left, top, width, height } = host.getBoundingClientRect();
  const visibleHeight = Math.min(height, innerHeight - Math.max(0, top));
  const at = document.elementFromPoint(left + width / 2, Math.max(0, top) + visibleHeight / 2);
  const isHidden = at === null || !(host.contains(at) || at.contains(host));
  return {
    what: `${active.tagName} ${(active.textContent || (active as HTMLInputElement).value || '').trim().slice(0, 30)}`,
    isHidden,
  };
}

/** Counts what moves and when the largest thing is painted, from the first moment of each page. */
const MEASURE = `
  globalThis.vitals = { shift: 0, paint: 0 };
  const watch = (type, handle) => new PerformanceObserver((list) => list.getEntries().forEach(handle)).observe({ type, buffered: true });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) vitals.shift += entry.value; });
  watch('largest-contentful-paint', (entry) => { vitals.paint = entry.startTime; });`;

export function describeLooks(ui: () => UiSystem): void {
  /** Every page there is, with the text that says that it is complete. */
  async function tour(options: VisitOptions, look: (page: Page, name: string) => Promise<void>): Promise<void> {
    const { name, api } = await newPerson(ui());
    const visitor = await visit(ui(), options);
    const { page, say, go } = visitor;
    await page.addInitScript(MEASURE);
    const at = async (path: string, what: string, complete: ReturnType<Page['locator']>) => {
      await go(path);
      await complete.first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      await look(page, what);
    };
    const heading = (key: string) => page.getByRole('heading', { name: say(key) });
    await at('/sign-up', 'sign-up', heading('auth.signUp.title'));
    await at('/sign-in', 'sign-in', page.getByRole('button', { name: say('auth.demo') }));
    await signIn(visitor, name);
    await at('/clouds', 'clouds-empty', heading('clouds.empty.title'));
    const made = await api.make(TEXT);
    const failed = await api.make(TEXT, { minLength: '20' });
    const unfold = async (name: string) => {
      for (const summary of await page.locator('summary').all()) await summary.click();
      await look(page, name);
    };
    await at('/', 'create', page.getByRole('button', { name: say('create.reset') }));
    await unfold('create-unfolded');
    await at(`/clouds/${made.id}`, 'cloud', page.getByRole('button', { name: /^captain/ }));
    await unfold('cloud-unfolded');
    await page.getByRole('button', { name: say('cloud.remix.all') }).click();
    await page.getByRole('dialog').getByText(say('create.options.more')).click();
    await look(page, 'cloud-options');
    await at(`/clouds/${failed.id}`, 'cloud-failed', heading('cloud.failed.title'));
    await at('/clouds', 'clouds', page.getByRole('img', { name: say('clouds.picture', { title: made.title }) }));
    await page.getByRole('radio', { name: say('clouds.table') }).check({ force: true });
    await page.getByRole('table', { name: say('clouds.list') }).waitFor();
    await look(page, 'clouds-table');
    await at('/clouds?q=nothing', 'clouds-nothing', heading('clouds.nothing.title'));
    await at('/system', 'system', heading('system.picture.title'));
    await at('/nowhere', 'not-found', heading('common.notFound.title'));
  }

  it.each(['light', 'dark'] as const)('axe finds nothing – %s', async (theme) => {
    const source = await readFile(AXE, 'utf8');
    const found: string[] = [];
    await tour({ theme, bypassCSP: true }, async (page, name) => {
      await keepPicture(page, `${name}-${theme}`);
      await page.evaluate(source);
      const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');
      expect(passes.length, name).toBeGreaterThan(10);
      for (const { id, help, nodes } of violations) {
        found.push(`${name}: ${id}, ${help}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
      }
    });
    expect(found).toEqual([]);
  });

  it.each([
    { width: 320, locale: 'en' as const },
    { width: 375, locale: 'zh' as const },
  ])('$width pixels, $locale – nothing reaches over the edge', async ({ width, locale }) => {
    const wide: string[] = [];
    await tour({ width, locale, theme: 'dark' }, async (page, name) => {
      await keepPicture(page, `${name}-${width}`);
      const widest = await page.evaluate(() => document.documentElement.scrollWidth);
      if (widest > width) wide.push(`${name}: ${widest}`);
    });
    expect(wide).toEqual([]);
  });

  it.each([
    { width: 1280, height: 650 },
    { width: 375, height: 750 },
    { width: 640, height: 400 },
  ])('by keyboard, at $width × $height – what has the focus is never hidden by what stays in place', async (size) => {
    const hidden: string[] = [];
    await tour(size, async (page, name) => {
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      for (const key of ['Tab', 'Shift+Tab']) {
        for (let step = 0; step < 90; step += 1) {
          await page.keyboard.press(key);
          const seen = await page.evaluate(focused);
          if (seen === undefined) break;
          if (seen.isHidden) hidden.push(`${name}: ${key} to ${seen.what}`);
        }
      }
    });
    expect(hidden).toEqual([]);
  });

  it.each([1280, 375])('loading moves nothing, at %i pixels', async (width) => {
    const measured: Record<string, { shift: number; paint: number }> = {};
    await tour({ width }, async (page, name) => {
      await page.waitForFunction('vitals.paint > 0');
      measured[name] = await page.evaluate<{ shift: number; paint: number }>('vitals');
    });
    const lines = Object.entries(measured).map(
      ([name, { shift, paint }]) => `${name.padEnd(16)} CLS ${shift.toFixed(3)}  LCP ${Math.round(paint)} ms`,
    );
    console.info(`${width} pixels\n${lines.join('\n')}`);
    const moving = Object.entries(measured).filter(([, { shift }]) => shift >= MOST_SHIFT);
    expect(moving).toEqual([]);
  });

  it('the first load – brings less script than allowed', async () => {
    const { context } = await visitSignedIn(ui(), '/');
    let last = context;
    const lines: string[] = [];
    for (const { path, heading } of [
      { path: '/', heading: 'create.title' },
      { path: '/clouds', heading: 'clouds.empty.title' },
      { path: '/system', heading: 'system.picture.title' },
    ]) {
      const storageState = await last.storageState();
      await last.close();
      const fresh = await visit(ui(), { storageState });
      last = fresh.context;
      const bodies: Promise<Buffer>[] = [];
      fresh.page.on('response', (response) => {
        if (response.request().resourceType() === 'script') bodies.push(response.body());
      });
      await fresh.go(path);
      await fresh.page.getByRole('heading', { name: fresh.say(heading) }).waitFor();
      const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
      lines.push(`${path.padEnd(16)} ${(bytes / 1000).toFixed(1)} kB of compressed script`);
      expect(bytes, path).toBeGreaterThan(100_000);
      expect(bytes, path).toBeLessThan(MOST_SCRIPT_BYTES);
    }
    console.info(lines.join('\n'));
  });

  it('dark or light, and the language – are chosen and remembered', async () => {
    const { page, say, go } = await visit(ui());
    const isDark = () => page.evaluate(() => document.documentElement.classList.contains('dark'));
    await go('/sign-in');
    expect(await isDark()).toBe(false);
    await page.getByRole('button', { name: say('common.theme.label') }).click();
    await page.getByRole('menuitemcheckbox', { name: say('common.theme.dark') }).click();
    await page.getByRole('button', { name: say('common.language.label') }).click();
    await page.getByRole('menuitemcheckbox', { name: '中文' }).click();
    await page.getByRole('heading', { name: '欢迎' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '欢迎' }).waitFor();
    expect(await isDark()).toBe(true);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  });
}
