/** Whatever is sent, the answer says what is wrong, and nothing breaks. */
import { describe, expect, it } from 'vitest';
import { type ApiUser, createUser, problemOf, signUp } from './api-client.ts';
import type { LocalSystem } from './local-system.ts';

export function describeBadInput(system: () => LocalSystem): void {
  describe('bad input', () => {
    let user: ApiUser;
    const start = async () => {
      user ??= await signUp(system().api, 'troublemaker');
      return user;
    };

    it('an empty file, a text without words – fail with EMPTY_TEXT', async () => {
      const { make } = await start();
      for (const text of ['', ' \n\t ', '!!! 123 ...']) {
        expect(await make(text)).toMatchObject({ status: 'failed', error: { code: 'EMPTY_TEXT' }, image: null });
      }
    });

    it('one million exclamation marks – fail soon, as a text without words', async () => {
      const { make } = await start();
      expect(await make('!'.repeat(1_000_000))).toMatchObject({ status: 'failed', error: { code: 'EMPTY_TEXT' } });
    });

    it('a binary file – 415 at the upload', async () => {
      const { upload } = await start();
      const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31 + i * 17) & 0xff);
      const answer = await upload(bytes, {}, 'x.txt');
      expect(answer.status).toBe(415);
      expect(await problemOf(answer)).toMatchObject({
        code: 'NOT_TEXT',
        detail: expect.stringContaining('not a text'),
      });
    });

    it('11 MiB – 413, as a form and as JSON', async () => {
      const { upload, post } = await start();
      const text = 'word '.repeat((11 * 1024 * 1024) / 5);
      for (const answer of [await upload(text), await post('/api/wordclouds', { text })]) {
        expect(answer.status).toBe(413);
        expect(await problemOf(answer)).toMatchObject({
          code: 'TOO_LARGE',
          detail: expect.stringContaining('10485760'),
        });
      }
    });

    it('every option out of range – 400 that names field, value and what is allowed', async () => {
      const { post, upload } = await start();
      const wrong: [string, unknown][] = [
        ['lang', 'klingon'],
        ['top', 0],
        ['top', 2001],
        ['top', 1.5],
        ['width', 63],
        ['height', 4097],
        ['palette', 'mud'],
        ['background', 'red'],
        ['shape', 'banana'],
        ['font', 'comic'],
        ['rotation', 'spin'],
        ['scaling', 'cubic'],
        ['words', 'verbs'],
        ['minLength', 0],
        ['seed', -1],
        ['colour', 'blue'],
      ];
      for (const [field, value] of wrong) {
        for (const answer of [
          await post('/api/wordclouds', { text: 'tea', [field]: value }),
          await upload('tea', { [field]: String(value) }),
        ]) {
          expect(answer.status, field).toBe(400);
          const problem = await problemOf(answer);
          expect(problem).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field, allowed: expect.any(String) }] });
          expect(problem.detail).toContain(field);
        }
      }
    });

    it('malformed JSON, no file, no image as mask – named', async () => {
      const { post, upload } = await start();
      expect((await post('/api/wordclouds', '{"text":')).status).toBe(400);
      expect((await post('/api/wordclouds', { title: 'no text' })).status).toBe(400);
      const form = new FormData();
      form.append('top', '5');
      const { api } = system();
      expect((await fetch(`${api}/api/wordclouds`, { method: 'POST', body: form })).status).toBe(401);
      const masked = await upload('tea', { mask: 'not a file' });
      expect(masked.status).toBe(400);
    });

    it('a file called ../../x – has a harmless title', async () => {
      const { upload } = await start();
      const { task } = (await (await upload('tea time', {}, '../../x')).json()) as { task: { title: string } };
      expect(task.title).toBe('x');
    });

    it('no token, alg none, nonsense – 401; a task of another user – 404', async () => {
      const { api } = system();
      const { upload } = await start();
      const { task } = (await (await upload('tea time')).json()) as { task: { id: string } };
      const none = [{ alg: 'none' }, { sub: 'x', sid: 'y', iss: 'wordcloud-user', aud: 'wordcloud', exp: 9e9 }];
      const forged = `${none.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
      for (const token of ['', forged, 'nonsense']) {
        const answer = await createUser(api, token).get('/api/me');
        expect(answer.status).toBe(401);
        expect((await problemOf(answer)).code).toBe('UNAUTHENTICATED');
      }
      const other = await signUp(api, 'stranger');
      for (const path of ['', '/image.png', '/words', '/source']) {
        expect((await other.get(`/api/wordclouds/${task.id}${path}`)).status).toBe(404);
      }
      expect((await other.delete(`/api/wordclouds/${task.id}`)).status).toBe(404);
      expect((await other.post(`/api/wordclouds/${task.id}/retry`)).status).toBe(404);
    });
  });
}
