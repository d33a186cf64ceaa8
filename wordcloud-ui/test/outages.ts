/** What is away comes back: the network, the bff, the user service. */
import { expect, it } from 'vitest';
import type { UiSystem } from './system.ts';
import { keepPicture, visitSignedIn } from './visit.ts';

/** What the browser logs when there is no answer, or one of somebody on the way. */
const unanswered = /net::ERR_|status of 50[0-4]/;
const TEXT = 'The captain steered the ship. The crew trusted the captain. '.repeat(8);

export function describeOutages(ui: () => UiSystem): void {
  it('a lost connection – is said; what happened meanwhile is there afterwards', async () => {
    const { page, context, say, api } = await visitSignedIn(ui(), '/clouds', { expected: unanswered });
    await page.getByRole('heading', { name: say('clouds.empty.title') }).waitFor();
    await context.setOffline(true);
    const notice = page.getByText(say('common.away.offline'));
    await notice.waitFor();
    await api.upload(TEXT, {}, 'meanwhile.txt');
    await context.setOffline(false);
    await notice.waitFor({ state: 'detached' });
    await page.getByRole('img', { name: say('clouds.picture', { title: 'meanwhile.txt' }) }).waitFor();
  });

  it('sent without a network – is refused in words, and works when it is back', async () => {
    const { page, context, say } = await visitSignedIn(ui(), '/', { expected: unanswered });
    await page.getByRole('textbox', { name: say('create.text.label') }).fill(TEXT);
    const make = page.getByRole('button', { name: say('create.make') });
    await make.waitFor();
    await context.setOffline(true);
    await make.click();
    await page
      .getByRole('alert')
      .filter({ hasText: say('errors.OFFLINE') })
      .waitFor();
    await context.setOffline(false);
    await make.click();
    await page.getByRole('button', { name: say('cloud.picture.word', { word: 'captain', n: 16 }) }).waitFor();
  });

  it('the bff is killed on the way – the page says so, nobody is signed out, and the cloud is made', async () => {
    const { page, say, name, api } = await visitSignedIn(ui(), '/clouds', { expected: unanswered });
    await page.getByRole('heading', { name: say('clouds.empty.title') }).waitFor();
    await api.upload(TEXT.repeat(500), { top: '2000' }, 'on-the-way.txt');
    await page.getByRole('link', { name: 'on-the-way.txt' }).waitFor();
    // As often as it is started again, until the page has noticed.
    const strike = setInterval(() => ui().system.runner('wordcloud-bff').kill('SIGKILL'), 50);
    const notice = page.getByText(say('common.away.title'));
    try {
      await notice.waitFor();
    } finally {
      clearInterval(strike);
    }
    await keepPicture(page, 'away');
    await notice.waitFor({ state: 'detached' });
    await page.getByRole('img', { name: say('clouds.picture', { title: 'on-the-way.txt' }) }).waitFor();
    await page.getByRole('button', { name: say('common.user.menu', { name }) }).waitFor();
  });

  it('the user service is killed – a reload waits for it and keeps the session', async () => {
    const { page, say, name } = await visitSignedIn(ui(), '/clouds', { expected: unanswered });
    await page.getByRole('heading', { name: say('clouds.title') }).waitFor();
    const seen: string[] = [];
    page.on('framenavigated', () => seen.push(new URL(page.url()).pathname));
    const strike = setInterval(() => ui().system.runner('wordcloud-user').kill('SIGKILL'), 50);
    try {
      await page.reload();
      await page.getByText(say('common.away.title')).waitFor();
    } finally {
      clearInterval(strike);
    }
    await page.getByRole('button', { name: say('common.user.menu', { name }) }).waitFor();
    await page.getByRole('heading', { name: say('clouds.title') }).waitFor();
    expect(seen).not.toContain('/sign-in');
  });
}
