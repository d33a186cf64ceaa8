/** What few people need and somebody does: other outlines, exact sizes, other formats, two texts. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { UiSystem } from './system.ts';
import { keepPicture, type Visit, visitSignedIn } from './visit.ts';

const TEXT = 'The captain steered the ship through the storm. The crew trusted the captain, and the ship came home. ';
const OTHER = 'A train left the station, and the captain of the train trusted the engine. ';

export function describeOptions(ui: () => UiSystem): void {
  const wordsOf = ({ page }: Visit) =>
    page.locator('svg g[data-word]').evaluateAll((groups) => groups.map((group) => group.getAttribute('data-word')!));

  it('letters as the shape, exact sizes – are made as chosen, remembered, and saved as PDF', async () => {
    const visitor = await visitSignedIn(ui(), '/');
    const { page, say, go } = visitor;
    await page.getByRole('textbox', { name: say('create.text.label') }).fill(TEXT.repeat(3));
    await page.getByRole('button', { name: say('create.shapeText.choose') }).click();
    // The field has the focus.
    await page.keyboard.type('SEA');
    await page.getByText(say('create.options.more')).click();
    await page.getByText(say('create.groups.type'), { exact: true }).click();
    await page.getByText(say('create.options.strict')).click();
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/wordclouds'));
    await page.getByRole('button', { name: say('create.make') }).click();
    const { task } = (await (await (await sent).response())!.json()) as { task: { options: object } };
    expect(task.options).toMatchObject({ shapeText: 'SEA', strict: true });
    await page.locator('svg g[data-word]').first().waitFor();
    await keepPicture(page, 'cloud-letters');

    await page.getByText(say('cloud.save.others')).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: say('cloud.save.hints.pdf') }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/-wordcloud\.pdf$/);
    expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-');

    await go('/');
    await page.getByText(say('create.options.more')).waitFor();
    expect(await page.getByRole('textbox', { name: say('create.shapeText.label') }).inputValue()).toBe('SEA');
    await page.getByText('One changed').first().waitFor();
  });

  it('every format that is announced – can be had', async () => {
    const { page, say, api, go } = await visitSignedIn(ui(), '/clouds');
    const { id } = await api.make(TEXT);
    await go(`/clouds/${id}`);
    await page.getByText(say('cloud.save.others')).click();
    for (const [name, start] of [
      ['svg', '<svg'],
      ['svgText', '<svg'],
      ['webp', 'RIFF'],
      ['html', '<!doctype html'],
      ['json', '{'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: say(`cloud.save.hints.${name}`) }).click(),
      ]);
      const content = await readFile(await download.path(), 'utf8');
      expect(content.slice(0, start.length).toLowerCase(), name).toBe(start.toLowerCase());
    }
  });

  it('all options of a finished cloud – it is made again with what was changed', async () => {
    const visitor = await visitSignedIn(ui(), '/clouds');
    const { page, say, api, go } = visitor;
    const { id } = await api.make(TEXT);
    await go(`/clouds/${id}`);
    await page.locator('svg g[data-word]').first().waitFor();
    const once = await wordsOf(visitor);
    expect(new Set(once).size).toBe(once.length);
    await page.getByRole('button', { name: say('cloud.remix.all') }).click();
    const dialog = page.getByRole('dialog', { name: say('cloud.remix.all') });
    await dialog.getByText(say('create.options.more')).click();
    await dialog.getByText(say('create.groups.outline'), { exact: true }).click();
    await dialog.getByText(say('create.options.repeat')).click();
    await dialog.getByRole('button', { name: say('cloud.remix.apply') }).click();
    await expect.poll(async () => (await wordsOf(visitor)).length, { timeout: 30_000 }).toBeGreaterThan(once.length);
    expect(new Set(await wordsOf(visitor))).toEqual(new Set(once));
  });

  it('two texts – share a cloud that says of each word how often it is in which', async () => {
    const { page, say } = await visitSignedIn(ui(), '/');
    await page.getByRole('textbox', { name: say('create.text.label') }).fill(TEXT.repeat(3));
    await page.getByText(say('create.compare.heading')).click();
    await page.getByRole('textbox', { name: say('create.compare.label') }).fill(OTHER.repeat(3));
    await page.getByRole('button', { name: say('create.make') }).click();
    const named = (word: string, n: number, other: number) =>
      page.getByRole('button', { name: say('cloud.compare.word', { word, n, other }), exact: true });
    await named('captain', 6, 3).waitFor();
    await named('train', 0, 6).waitFor();
    await page
      .getByRole('group', { name: say('cloud.compare.legend') })
      .getByText('A train left the station')
      .waitFor();
    await keepPicture(page, 'cloud-compared');
  });
}
