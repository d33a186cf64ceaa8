/** What a user does: upload in several languages, look, download, sort out. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { SERVICE_NAMES, type SystemView, type WordRow } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { type ApiUser, signUp, taskOf } from './api-client.ts';
import type { LocalSystem } from './local-system.ts';

const ENGLISH =
  'The captain steered the ship through the storm. The crew trusted the captain, and the ship came home. '.repeat(5);
const CHINESE = '图书馆里有很多学生。学生在图书馆读书，老师在教室讲课。图书馆很安静，学生喜欢图书馆。';

const hash = async (response: Response) =>
  createHash('sha256')
    .update(new Uint8Array(await response.arrayBuffer()))
    .digest('hex');

export function describeJourney(system: () => LocalSystem): void {
  describe('the journey', () => {
    let user: ApiUser;
    const start = async () => {
      user ??= await signUp(system().api, 'journey');
      return user;
    };

    it('an English text – becomes a PNG and an SVG of its nouns', async () => {
      const { make, get } = await start();
      const task = await make(ENGLISH, { width: '640', height: '480', shape: 'ellipse' });
      expect(task).toMatchObject({
        status: 'succeeded',
        lang: 'en',
        source: { encoding: 'utf-8' },
        attempts: 1,
        error: null,
      });
      expect(task.progress).toEqual({ stage: 'done', percent: 100 });
      expect(task.stats!.placed).toBeGreaterThan(4);
      const png = await get(task.image!.png);
      expect(png.headers.get('content-type')).toBe('image/png');
      const image = await loadImage(Buffer.from(await png.arrayBuffer()));
      expect([image.width, image.height]).toEqual([640, 480]);
      const svg = await (await get(task.image!.svg)).text();
      expect(svg).toContain('data-word="captain"');
      const words = (await (await get(`/api/wordclouds/${task.id}/words`)).json()) as { word: string; count: number }[];
      expect(Object.fromEntries(words.map(({ word, count }) => [word, count]))).toMatchObject({
        captain: 10,
        ship: 10,
        crew: 5,
        storm: 5,
      });
    });

    it('every format – of one picture, with the words in each that has any', async () => {
      const { make, get } = await start();
      const { id } = await make(ENGLISH, { width: '640', height: '480' });
      const file = async (name: string) => {
        const answer = await get(`/api/wordclouds/${id}/image.${name}`);
        expect([name, answer.status]).toEqual([name, 200]);
        return Buffer.from(await answer.arrayBuffer());
      };
      const webp = await loadImage(await file('webp'));
      expect([webp.width, webp.height]).toEqual([640, 480]);
      expect((await file('pdf')).toString('latin1')).toMatch(/^%PDF-.*MediaBox\[0 0 480 360\]/s);
      expect((await file('html')).toString()).toContain('<td dir="auto">captain</td><td>10</td>');
      expect((await file('svg?text=1')).toString()).toContain('>captain</text>');
      const layout = JSON.parse((await file('json')).toString()) as { words: { word: string; weight: number }[] };
      expect(layout.words).toContainEqual(expect.objectContaining({ word: 'captain', weight: 10 }));
    });

    it('two texts – the words of both, coloured and counted by which has more of them', async () => {
      const { post, get } = await start();
      const body = {
        text: ENGLISH,
        compare: 'The storm took the ship and the harbour. The harbour was silent.',
        title: 'Two',
      };
      const task = await taskOf(await post('/api/wordclouds', body, { prefer: 'wait=20' }));
      expect(task).toMatchObject({ status: 'succeeded', comparedWith: expect.stringContaining('The storm took') });
      const words = (await (await get(`/api/wordclouds/${task.id}/words`)).json()) as WordRow[];
      const rows = Object.fromEntries(words.map((row) => [row.word, row]));
      expect(rows).toMatchObject({
        captain: { count: 10, other: 0 },
        harbour: { count: 0, other: 2 },
        ship: { count: 10, other: 1 },
      });
      expect(rows.captain!.logRatio).toBeGreaterThan(1);
      expect(rows.harbour!.logRatio).toBeLessThan(-1);
      const layout = (await (await get(`/api/wordclouds/${task.id}/image.json`)).json()) as {
        words: { word: string; color: string }[];
      };
      const colors = Object.fromEntries(layout.words.map(({ word, color }) => [word, color]));
      expect(colors.captain).not.toBe(colors.harbour);
    });

    it('Chinese in GBK – is recognised and drawn', async () => {
      const { make } = await start();
      const task = await make(CHINESE);
      expect(task).toMatchObject({ status: 'succeeded', lang: 'zh' });
      const sentence = Uint8Array.from(
        Buffer.from('bdf1ccecccecc6f8badcbac3a3acced2c3c7c8a5b9abd4b0c9a2b2bdb0c9a1a3', 'hex'),
      );
      expect(await make(sentence, { words: 'all' })).toMatchObject({
        status: 'succeeded',
        lang: 'zh',
        source: { encoding: 'gb18030' },
      });
    });

    it('a PDF – its text is read and drawn', async () => {
      const pdf = await readFile(resolve(import.meta.dirname, '../shared/text/src/formats/fixtures/lighthouse.en.pdf'));
      const user = await signUp(system().api, 'reader');
      const task = await user.make(pdf);
      expect(task).toMatchObject({ status: 'succeeded', lang: 'en', source: { encoding: null } });
      expect(task.stats?.placed).toBeGreaterThan(10);
    });

    it('the same text, options and seed – the same bytes; another seed – others', async () => {
      const { make, get } = await start();
      const images = [];
      for (const seed of ['5', '5', '6'])
        images.push(await hash(await get((await make(ENGLISH, { seed })).image!.png)));
      expect(images[0]).toBe(images[1]);
      expect(images[2]).not.toBe(images[0]);
    });

    it('the system – every instance with its state, bulkheads, limits', async () => {
      const { get, make } = await start();
      await make(ENGLISH);
      const answer = await get('/api/system');
      expect(answer.status).toBe(200);
      const view = (await answer.json()) as SystemView;
      expect(view.self).toEqual({ service: 'wordcloud-bff', id: 'wordcloud-bff-1/wordcloud-bff' });
      const upOnes = view.instances.filter(({ status }) => status === 'up');
      const counts = Map.groupBy(upOnes, ({ service }) => service);
      expect([...counts].map(([service, { length }]) => [service, length])).toEqual(
        SERVICE_NAMES.toSorted().map((service) => [service, 2]),
      );
      const tasks = upOnes.filter(({ service }) => service === 'wordcloud-task');
      expect(tasks.some(({ load }) => load!.calls > 0 && load!.breaker === 'closed' && load!.latencyMs.p50! > 0)).toBe(
        true,
      );
      expect(view.bulkheads.map(({ name }) => name)).toContain('wordcloud-maker');
      expect(view.limiter).toMatchObject({ backend: 'local', redis: 'none' });
      expect(JSON.stringify(view)).not.toContain('Bearer');
    });

    it('fewer words than asked for, stop words, one word – are fine', async () => {
      const { make } = await start();
      const task = await make(ENGLISH, { top: '2000', stopwords: 'captain, crew' });
      expect(task.stats!.placed).toBe(task.stats!.distinct);
      expect(await make(ENGLISH, { top: '1' })).toMatchObject({ status: 'succeeded', stats: { placed: 1 } });
    });

    it('Prefer: wait – answers with the finished task', async () => {
      const { post } = await start();
      const answer = await post('/api/wordclouds', { text: ENGLISH, top: 10 }, { prefer: 'wait=20' });
      expect(answer.status).toBe(201);
      expect(await taskOf(answer)).toMatchObject({ status: 'succeeded', options: { top: 10 } });
    });

    it('retry with other options, delete – and it is gone', async () => {
      const { make, post, finished, get, delete: remove } = await start();
      const { id } = await make(ENGLISH);
      const retried = await post(`/api/wordclouds/${id}/retry`, { palette: 'ocean' });
      expect(retried.status).toBe(202);
      expect(await finished(id)).toMatchObject({ status: 'succeeded', options: { palette: 'ocean', top: 200 } });
      expect((await remove(`/api/wordclouds/${id}`)).status).toBe(204);
      for (const path of ['', '/image.png', '/words', '/source']) {
        expect((await get(`/api/wordclouds/${id}${path}`)).status).toBe(404);
      }
    });
  });
}
