/** A picture that is not as our maker draws it: whatever stands in it, nothing of it runs and nothing is fetched. */
import { expect, it } from 'vitest';
import type { UiSystem } from './system.ts';
import { visitSignedIn } from './visit.ts';

const TEXT = 'The captain steered the ship 🚢 through the storm. The ship 🚢 came home. '.repeat(5);
const EVIL = 'https://evil.example';
/** The smallest GIF there is. */
const GIF = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
/** Each of them would say so, if it ran, or ask for something, if it were shown. */
const HOSTILE = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100" onload="hacked='onload'">
<script>hacked='script'</script><script href="${EVIL}/script.js"/>
<style>@import url(${EVIL}/style.css); * { background: url(${EVIL}/background.png) }</style>
<foreignObject width="100" height="100"><body xmlns="http://www.w3.org/1999/xhtml"><img src="${EVIL}/img.png" onerror="hacked='onerror'"/><iframe src="javascript:hacked='iframe'"></iframe></body></foreignObject>
<a href="javascript:hacked='link'"><rect width="100" height="100"/></a>
<use href="${EVIL}/use.svg#x"/><image href="${EVIL}/image.png"/><image xlink:href="${EVIL}/old.png"/><image href="data:image/svg+xml,%3Csvg/%3E"/><image href="${GIF}"/>
<rect width="9" height="9" fill="url(${EVIL}/paint.svg#x)" stroke="url(${EVIL}/stroke.svg#x)" filter="url(${EVIL}/filter.svg#x)" mask="url(${EVIL}/mask.svg#x)" style="fill: url(${EVIL}/style-paint.svg#x)"/>
<animate attributeName="href" to="javascript:hacked='animate'"/><set attributeName="onclick" to="hacked='set'"/>
<g data-word="&lt;img src=x onerror=&quot;hacked='word'&quot;&gt;" data-weight="7" fill="#112233" onclick="hacked='click'" onfocus="hacked='focus'" onmouseover="hacked='over'" tabindex="0" id="app" class="fixed"><title>evil</title><path d="M10 10h80v80h-80z"/></g>
</svg>`;

export function describeHostilePicture(ui: () => UiSystem): void {
  it('a hostile picture – nothing runs, nothing is fetched, and its words can be asked all the same', async () => {
    // What the policy of the page would refuse on top is reported while the text is read.
    const visitor = await visitSignedIn(ui(), '/clouds', { expected: /Content Security Policy/ });
    const { page, context, say, api, go } = visitor;
    const { id } = await api.make(TEXT);
    await context.addInitScript("globalThis.hacked = '';");
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    await page.route('**/image.svg', (route) => route.fulfill({ contentType: 'image/svg+xml', body: HOSTILE }));
    await go(`/clouds/${id}`);
    const word = page.locator('svg g[data-word]');
    await word.waitFor();
    await word.hover();
    await word.click();
    const about = page.getByRole('dialog');
    await about.getByText('<img src=x').first().waitFor();
    expect(await about.textContent()).toContain(say('cloud.popover.count', { n: 7 }));
    await page.keyboard.press('Escape');
    await word.focus();

    const found = await page.evaluate(() => {
      const svg = document.querySelector('svg:has(g[data-word])')!;
      const all = [svg, ...svg.querySelectorAll('*')];
      return {
        hacked: (globalThis as unknown as { hacked: string }).hacked,
        tags: [...new Set(all.map(({ tagName }) => tagName))].sort(),
        names: [...new Set(all.flatMap((one) => one.getAttributeNames()))].sort(),
        values: all.flatMap((one) => [...one.attributes].map(({ value }) => value)).join('\n'),
      };
    });
    expect(found.hacked).toBe('');
    expect(found.tags).toEqual(['g', 'path', 'rect', 'svg']);
    expect(found.names.filter((name) => /^on|style|xlink|filter|mask|^id$/.test(name))).toEqual([]);
    expect(found.values).not.toMatch(/evil\.example|javascript:|url\(/);
    expect(asked.filter((url) => url.startsWith(EVIL))).toEqual([]);
  });

  it('our own picture – loses nothing: each word, its outline, its colour, its place, the line around, emoji, too', async () => {
    const { page, api, go } = await visitSignedIn(ui(), '/clouds');
    const { id } = await api.make(TEXT, { background: '#fdf3e1', contour: '6', repeat: 'true' });
    const sent = page.waitForResponse('**/image.svg');
    await go(`/clouds/${id}`);
    const source = await (await sent).text();
    await page.locator('svg g[data-word]').first().waitFor();
    const shown = await page.evaluate(() => {
      const svg = document.querySelector('svg:has(g[data-word])')!;
      const parts = [...svg.querySelectorAll('g, path, image, rect:not(.hit)')];
      const added = ['role', 'tabindex', 'aria-label', 'class'];
      return parts.map((part) => {
        const names = part.getAttributeNames().filter((name) => !added.includes(name));
        return [part.tagName, ...names.map((name) => `${name}=${part.getAttribute(name)}`)].join(' ');
      });
    });
    const ours = [...source.matchAll(/<(g|path|image|rect)((?: [\w-]+="[^"]*")*)\/?>/g)].map(
      ([, tag, attributes = '']) =>
        [
          tag,
          ...[...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => `${name}=${unescaped(value!)}`),
        ].join(' '),
    );
    expect(ours.filter((part) => part.startsWith('image')).length).toBeGreaterThan(0);
    expect(shown.map(sorted)).toEqual(ours.map(sorted));
  });
}

const unescaped = (text: string) =>
  text.replace(/&#(\d+);/g, (_sign, code: string) => String.fromCharCode(Number(code)));
/** The order of attributes says nothing. */
const sorted = (part: string) =>
  part
    .split(/ (?=[\w-]+=)/)
    .sort()
    .join(' ');
