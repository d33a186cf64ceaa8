/** Making a cloud: what is taken, what is refused in words. */
import { expect, it } from 'vitest';
import type { UiSystem } from './system.ts';
import { keepPicture, type Visit, visitSignedIn } from './visit.ts';

interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export function describeCreatePage(ui: () => UiSystem): void {
  const choose = async ({ page, say }: Visit, file: Upload) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: say('create.text.choose') }).click(),
    ]);
    await chooser.setFiles(file);
  };

  it.each([
    {
      name: 'report.doc',
      mimeType: 'application/msword',
      content: '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1',
      fault: 'create.fault.office',
    },
    { name: 'nothing.txt', mimeType: 'text/plain', content: '', fault: 'create.fault.empty' },
    {
      name: 'noise.txt',
      mimeType: 'text/plain',
      content: '\u007fELF\u0002\u0000\u0000'.repeat(500),
      fault: 'create.fault.binary',
    },
  ])('$name – is refused in words', async ({ name, mimeType, content, fault }) => {
    const visitor = await visitSignedIn(ui(), '/');
    await choose(visitor, { name, mimeType, buffer: Buffer.from(content, 'latin1') });
    const { page, say } = visitor;
    await page
      .getByRole('alert')
      .filter({ hasText: say(fault, { name }) })
      .waitFor();
    await keepPicture(page, `refused-${name}`);
    expect(await page.getByRole('button', { name: say('create.make') }).isEnabled()).toBe(false);
  });

  it('what only the server sees through – is refused in words, too', async () => {
    const visitor = await visitSignedIn(ui(), '/', { expected: /status of 415/ });
    const { page, say } = visitor;
    const body = JSON.stringify({ code: 'NOT_TEXT', detail: 'It is not a text.' });
    await page.route('**/api/wordclouds', (route) =>
      route.fulfill({ status: 415, contentType: 'application/problem+json', body }),
    );
    await choose(visitor, { name: 'odd.txt', mimeType: 'text/plain', buffer: Buffer.from('A text. '.repeat(9)) });
    await page.getByRole('button', { name: say('create.make') }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: say('create.fault.NOT_TEXT') })
      .waitFor();
  });

  it('a file in GBK – is read and made', async () => {
    const visitor = await visitSignedIn(ui(), '/');
    const { page, say } = visitor;
    const sentence = Buffer.from('bdf1ccecccecc6f8badcbac3a3acced2c3c7c8a5b9abd4b0c9a2b2bdb0c9a1a3', 'hex');
    await choose(visitor, { name: 'park.txt', mimeType: 'text/plain', buffer: sentence });
    await page.getByRole('button', { name: say('create.make') }).click();
    await page.getByRole('button', { name: /^公园/ }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('park');
  });

  it('a sample – becomes a cloud with two clicks', async () => {
    const { page, say } = await visitSignedIn(ui(), '/', { width: 375 });
    await page.getByRole('button', { name: say('create.samples.harbour') }).click();
    await page.getByRole('button', { name: say('create.make') }).click();
    await page.getByRole('button', { name: /^harbour, / }).waitFor();
    await keepPicture(page, 'sample-375');
  });
}
