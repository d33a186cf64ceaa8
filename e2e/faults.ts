/** Processes die; what was accepted is made all the same. */
import { describe, expect, it } from 'vitest';
import { type ApiUser, signUp, taskOf } from './api-client.ts';
import type { LocalSystem } from './local-system.ts';

const TEXT = 'The captain steered the ship through the storm and the waves. '.repeat(3000);

export function describeFaults(system: () => LocalSystem): void {
  describe('faults', () => {
    let user: ApiUser;
    const start = async () => {
      user ??= await signUp(system().api, 'survivor');
      return user;
    };
    const uploadMany = async (count: number): Promise<string[]> => {
      const { upload } = await start();
      const ids = [];
      for (let i = 0; i < count; i++) ids.push((await taskOf(await upload(TEXT, { seed: String(i) }))).id);
      return ids;
    };
    const expectAllMade = async (ids: string[]) => {
      const { finished } = await start();
      for (const id of ids) expect(await finished(id)).toMatchObject({ status: 'succeeded' });
    };

    it.each(['wordcloud-maker', 'wordcloud-seg', 'wordcloud-task', 'wordcloud-bff'] as const)(
      '%s is killed while tasks run – all are made after its restart',
      async (name) => {
        const ids = await uploadMany(6);
        system().runner(name).kill('SIGKILL');
        if (name === 'wordcloud-bff' || name === 'wordcloud-task') await answersAgain(await start());
        await expectAllMade(ids);
      },
      60_000,
    );

    it('the user service is away – who is signed in goes on, log-in says that it is away', async () => {
      const { api, runner } = system();
      const { get, make } = await start();
      for (const instance of [1, 2]) runner('wordcloud-user', instance).kill('SIGKILL');
      expect((await get('/api/me')).status).toBe(200);
      const body = JSON.stringify({ username: 'jackchen', password: '1234' });
      const logIn = () =>
        fetch(`${api}/api/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      const away = await logIn();
      expect([away.status, away.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await make('tea and cake')).toMatchObject({ status: 'succeeded' });
      await expect.poll(async () => (await logIn()).status, { timeout: 15_000 }).toBe(200);
    });

    it('the maker is told to stop – it finishes what it has in hand', async () => {
      const ids = await uploadMany(3);
      const { runner, lines } = system();
      await expect.poll(() => lines.some((line) => line.includes('leased'))).toBe(true);
      runner('wordcloud-maker').kill('SIGTERM');
      await expectAllMade(ids);
    }, 60_000);
  });
}

async function answersAgain({ get }: ApiUser): Promise<void> {
  const status = () =>
    get('/api/wordclouds').then(
      (answer) => answer.status,
      () => 0,
    );
  await expect.poll(status, { timeout: 20_000 }).toBe(200);
}
