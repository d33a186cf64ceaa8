/** The formats that are made for browsers, in a real one. */
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeHtml, encodeSvgWithFont } from '../../src/index.ts';
import { decode } from '../oracle.ts';
import { CHROMIUM, CONTOUR, meanDifference, sampleCloud, WORDS } from './sample.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const size = { width: 600, height: 400 };

if (!CHROMIUM)
  console.warn('The browser tests are skipped: there is no Chromium. Install it, or name one in CHROMIUM.');

describe.skipIf(!CHROMIUM)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  /** An SVG, as it looks at the size of the PNG but drawn four times as fine: type is otherwise moved to whole pixels. */
  async function look(svg: string): Promise<Uint8ClampedArray> {
    const page = await browser.newPage({ viewport: size, deviceScaleFactor: 4 });
    await page.goto(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
    await page.evaluate('document.fonts?.ready');
    const { data } = await decode(await page.screenshot());
    await page.close();
    return data;
  }

  /** Moves the pointer to where the word has ink; in the middle of its box another one may stand. */
  async function pointAt(page: Page, word: string): Promise<void> {
    const find = `(() => {
      const group = document.querySelector('[data-word="${word}"]');
      const { left, top, width, height } = group.getBoundingClientRect();
      for (let row = 1; row < 20; row++) {
        for (let column = 1; column < 20; column++) {
          const [x, y] = [left + (column / 20) * width, top + (row / 20) * height];
          if (document.elementFromPoint(x, y)?.closest('[data-word]') === group) return { x, y };
        }
      }
    })()`;
    const point = await page.evaluate<{ x: number; y: number }>(find);
    await page.mouse.move(point.x, point.y);
  }

  it('SVG with fonts – parses as XML, has all words as text, looks like the outlines', async () => {
    const cloud = await sampleCloud();
    const svg = await encodeSvgWithFont(cloud);
    expect(await encodeSvgWithFont(cloud)).toBe(svg);
    expect(await encodeSvgWithFont({ ...cloud, contour: CONTOUR })).toContain(`d="${CONTOUR.path}"`);
    const page = await browser.newPage();
    const { error, words, texts, outlines } = (await page.evaluate(
      `(() => {
        const doc = new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml');
        const all = (name) => [...doc.querySelectorAll(name)];
        return {
          error: doc.querySelector('parsererror')?.textContent,
          words: all('[data-word]').map((group) => group.dataset.word),
          texts: all('text').map((text) => text.textContent),
          outlines: all('g path').length,
        };
      })()`,
    )) as { error?: string; words: string[]; texts: string[]; outlines: number };
    await page.close();
    expect(error).toBeUndefined();
    expect(words).toEqual(WORDS);
    expect(outlines).toBe(0);
    for (const word of WORDS.filter((word) => !/👍|❤|AI|123/u.test(word)))
      expect(texts).toContain(word.normalize('NFC'));
    const [text, outline] = [await look(svg), await look(cloud.svg())];
    const without = await look(svg.replace(/<style>.*<\/style>/, ''));
    expect(meanDifference(text, outline)).toBeLessThan(6);
    expect(meanDifference(without, outline)).toBeGreaterThan(12);
  });

  it('HTML – asks for nothing, breaks no rule of its policy, tells words by pointer and keys', async () => {
    const cloud = await sampleCloud();
    const html = encodeHtml(cloud, { title: '</title><script>document.title="x"</script>' });
    const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
    const trouble: string[] = [];
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) trouble.push(request.url());
    });
    await page.goto(`data:text/html;base64,${Buffer.from(html).toString('base64')}`);
    expect(await page.title()).toBe('</title><script>document.title="x"</script>');

    await pointAt(page, 'Alice');
    const share = 100 / cloud.placed.reduce((sum, { weight }) => sum + weight, 0);
    const told = `Alice · 100 · ${Number((share * 100).toPrecision(3))}\u202f%`;
    expect(await page.textContent('.tip')).toBe(told);
    await page.mouse.move(1, 1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await page.textContent('.tip')).toMatch(/^office · 99 · /);
    expect(await page.getAttribute('[aria-selected=true]', 'data-word')).toBe('office');
    await page.keyboard.press('Escape');
    expect(await page.isHidden('.tip')).toBe(true);
    await page.click('summary');
    expect(await page.locator('tbody tr').count()).toBe(cloud.placed.length);
    expect(await page.locator('td:first-child').allTextContents()).toEqual(WORDS);
    expect(await page.textContent('details > div')).toBe('\u{13000}');
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('HTML with copies of words – each is told as its word', async () => {
    const cloud = await sampleCloud({ repeat: true });
    const page = await browser.newPage();
    await page.goto(`data:text/html;base64,${Buffer.from(encodeHtml(cloud)).toString('base64')}`);
    const groups = page.locator('[data-word="Alice"]');
    expect(await groups.count()).toBe(cloud.placed[0]!.copies);
    expect(await groups.last().getAttribute('aria-label')).toMatch(/^Alice · 100 · /);
    expect(await page.locator('tbody tr').count()).toBe(cloud.placed.length);
    await page.close();
  });

  it('HTML – on a phone nothing sticks out, and axe finds nothing, light and dark', async () => {
    const html = encodeHtml(await sampleCloud({ background: 'transparent' }), { lang: 'zh' });
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width: 390, height: 800 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`data:text/html;base64,${Buffer.from(html).toString('base64')}`);
      await page.click('summary');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      await page.addScriptTag({ path: axe });
      const { violations } = (await page.evaluate('axe.run()')) as { violations: { id: string }[] };
      expect(violations.map(({ id }) => id)).toEqual([]);
      await context.close();
    }
  });
});

describe('encodeHtml', () => {
  it('hostile words – never as markup; the same cloud – the same page', async () => {
    const cloud = await sampleCloud();
    const html = encodeHtml(cloud);
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    expect(html).not.toContain('<b>');
    expect(encodeHtml(await sampleCloud())).toBe(html);
    const [first, ...others] = cloud.placed;
    const odd = { ...cloud, placed: [{ ...first!, word: 'a\ud800\u0000\u0007b' }, ...others] };
    expect(encodeHtml(odd)).toContain('<td dir="auto">ab</td>');
  });

  it('a language it has no words for – INVALID_OPTION', async () => {
    const cloud = await sampleCloud();
    expect(() => encodeHtml(cloud, { lang: 'xx' as 'en' })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
  });
});
