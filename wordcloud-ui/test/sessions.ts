/** Sessions that end, in one tab or in several. */
import { expect, it } from 'vitest';
import type { UiSystem } from './system.ts';
import { signIn, type Visit, visit, visitSignedIn } from './visit.ts';

/** The browser logs every answer that is no success. */
const refused = /status of 401/;

export function describeSessions(ui: () => UiSystem): void {
  const signedOut = async ({ page, say }: Visit, next: string) => {
    await page.getByRole('heading', { name: say('auth.signIn.title') }).waitFor();
    expect(new URL(page.url()).searchParams.get('next')).toBe(next);
  };

  it('ended elsewhere – is said, leads to sign-in and back to where one was', async () => {
    const visitor = await visitSignedIn(ui(), '/clouds?status=failed', { expected: refused });
    const { page, context, say, name } = visitor;
    await page.getByRole('heading', { name: say('clouds.title') }).waitFor();
    expect((await context.request.post('/api/auth/logout')).status()).toBe(204);
    await signedOut(visitor, '/clouds?status=failed');
    await page.getByText(say('auth.sessionEnded')).waitFor();
    await signIn(visitor, name);
    await page.getByRole('heading', { name: say('clouds.title') }).waitFor();
    expect(page.url()).toBe(`${ui().origin}/clouds?status=failed`);
  });

  it('the cookie is gone – the next visit begins at sign-in', async () => {
    const visitor = await visitSignedIn(ui(), '/system', { expected: refused });
    await visitor.context.clearCookies();
    await visitor.page.reload();
    await signedOut(visitor, '/system');
  });

  it('an access token that has run out – is renewed without a word', async () => {
    const { page, say } = await visitSignedIn(ui(), '/', { expected: refused });
    const expired = { status: 401, contentType: 'application/problem+json', body: '{"code":"TOKEN_EXPIRED"}' };
    const renewed = page.waitForResponse((response) => response.url().endsWith('/api/auth/refresh'));
    await page.route('**/api/wordclouds?*', (route) => route.fulfill(expired), { times: 1 });
    await page.getByRole('link', { name: say('common.nav.clouds') }).click();
    expect((await renewed).status()).toBe(200);
    await page.getByRole('heading', { name: say('clouds.empty.title') }).waitFor();
  });

  it('a reload – keeps the session; two tabs that refresh at once keep it, too', async () => {
    const { page, context, say, name } = await visitSignedIn(ui(), '/clouds');
    const second = await context.newPage();
    await second.goto('/system');
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([page.reload(), second.reload()]);
      for (const tab of [page, second]) {
        await tab.getByRole('button', { name: say('common.user.menu', { name }) }).waitFor();
      }
    }
  });

  it('signed out in one tab – the other one notices and says so', async () => {
    const visitor = await visitSignedIn(ui(), '/', { expected: refused });
    const { page, context, say, name } = visitor;
    const second = await context.newPage();
    await second.goto('/clouds');
    await second.getByRole('heading', { name: say('clouds.title') }).waitFor();
    // A tab behind is drawn once a second only.
    await page.bringToFront();
    await page.getByRole('button', { name: say('common.user.menu', { name }) }).click();
    await page.getByRole('menuitem', { name: say('common.user.signOut') }).click();
    await signedOut({ ...visitor, page: second }, '/clouds');
    await second.getByText(say('auth.signedOutElsewhere')).waitFor();
  });

  it('a wrong password – is said, and nobody is signed in', async () => {
    const { page, say, go } = await visit(ui(), { expected: refused });
    await go('/sign-in');
    await page.getByRole('textbox', { name: say('auth.username') }).fill('nobody');
    await page.getByLabel(say('auth.password'), { exact: true }).fill('a wrong password');
    await page.getByRole('button', { name: say('auth.signIn.submit'), exact: true }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: say('errors.BAD_CREDENTIALS') })
      .waitFor();
  });
}
