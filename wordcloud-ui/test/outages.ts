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

  it('an answer that gets lost – sent again, the upload is still one cloud', async () => {
    const { page, say, api } = await visitSignedIn(ui(), '/', { expected: unanswered });
    await page.getByRole('textbox', { name: say('create.text.label') }).fill(TEXT);
    // The server hears it and answers, but the line breaks before the answer is there.
    await page.route('**/api/wordclouds', (route) => route.fetch().then(() => route.abort('connectionreset')), {
      times: 1,
    });
    await page.getByRole('button', { name: say('create.make') }).click();
    const told = page.getByRole('alert').filter({ hasText: say('errors.OFFLINE') });
    await told.getByRole('button', { name: say('common.retry') }).click();
    await page.getByRole('button', { name: say('cloud.picture.word', { word: 'captain', n: 16 }) }).waitFor();
    const { total } = (await (await api.get('/api/wordclouds')).json()) as { total: number };
    expect(total).toBe(1);
  });

  it('who does not want to wait – looks for the service at once; what could not be loaded comes by itself', async () => {
    const { page, context, say, api } = await visitSignedIn(ui(), '/system', { expected: unanswered });
    await api.upload(TEXT, { top: '3', width: '64', height: '64' }, 'tea.txt');
    // From now on no timer of the page ends by itself.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    const away = { status: 503, contentType: 'application/problem+json', body: '{"code":"NO_INSTANCE"}' };
    await context.route('**/image.png', (route) => route.fulfill(away));
    await context.route('**/api/options', (route) => route.fulfill(away));
    await page.getByRole('link', { name: say('common.nav.clouds') }).click();
    await page.getByText(say('clouds.pictureFailed')).waitFor();
    await page.getByText(say('common.away.title')).waitFor();
    // A button hears no click of the moment in which it appeared.
    await page.clock.runFor(20);
    await context.unroute('**/image.png');
    await context.unroute('**/api/options');
    await page.getByRole('button', { name: say('common.away.now') }).click();
    await page.getByText(say('common.away.title')).waitFor({ state: 'detached' });
    await page.getByRole('img', { name: say('clouds.picture', { title: 'tea.txt' }) }).waitFor();
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
