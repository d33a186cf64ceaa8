import { rm } from 'node:fs/promises';
import { DEFAULT_OPTIONS, type Task } from '@wordcloud/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Backends, startBackends } from './backends.ts';
import { type Bff, finish, lease, type Member, problemOf, signIn, startBff, WORDS } from './harness.ts';

let backends: Backends;
let bff: Bff;
let ada: Member;
beforeAll(async () => {
  backends = await startBackends();
});
afterAll(() => backends?.stop());
beforeEach(async () => {
  bff = await startBff(backends);
  ada = await signIn(bff);
  return () => bff.close();
});

const path = (id: string, rest = '') => `/api/wordclouds/${id}${rest}`;
const UNKNOWN = '0192f000-0000-7000-8000-000000000000';

async function finished(body: object = { text: 'whales and ships', title: 'alice.txt' }): Promise<string> {
  const { id } = await ada.upload(body);
  await finish(bff, id);
  return id;
}

describe('one word cloud', () => {
  it('finished – everything that the API promises, and no more', async () => {
    const id = await finished();
    const answer = await ada.call(path(id));
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await answer.json()).toEqual({
      task: {
        id,
        title: 'alice.txt',
        status: 'succeeded',
        progress: { stage: 'done', percent: 100 },
        lang: 'en',
        options: DEFAULT_OPTIONS,
        source: { bytes: 16, encoding: 'utf-8' },
        preview: null,
        image: { png: path(id, '/image.png'), svg: path(id, '/image.svg'), width: 1200, height: 800 },
        stats: { tokens: 9, distinct: 2, placed: 1, fill: 0.4, ms: { segment: 1, layout: 2, draw: 3, total: 7 } },
        error: null,
        comparedWith: null,
        hasMask: false,
        attempts: 1,
        createdAt: moment,
        updatedAt: moment,
        finishedAt: moment,
      },
    });
  });

  it.each([
    ['GET', ''],
    ['GET', '/words'],
    ['GET', '/image.png'],
    ['GET', '/image.svg'],
    ['GET', '/preview.png'],
    ['GET', '/source'],
    ['POST', '/retry'],
    ['DELETE', ''],
  ])('%s …%s of somebody else, or of nobody – the same 404, and it stays', async (method, rest) => {
    const eve = await signIn(bff);
    const id = await finished();
    const others = await problemOf(await eve.call(path(id, rest), { method }));
    const nobodys = await problemOf(await eve.call(path(UNKNOWN, rest), { method }));
    expect(others).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect({ ...others, detail: '', requestId: '' }).toEqual({ ...nobodys, detail: '', requestId: '' });
    expect((await ada.call(path(id, '/image.png'))).status).toBe(200);
  });

  it('an id that is none – 400 or 404, never more', async () => {
    for (const id of ['x', '..%2f..%2fetc', UNKNOWN.toUpperCase()]) {
      expect([400, 404]).toContain((await ada.call(path(id))).status);
    }
    expect((await ada.call(path(await finished(), '/image.gif'))).status).toBe(400);
  });
});

describe('pictures and words', () => {
  it('a picture – its type, length and ETag; 304 for who has it', async () => {
    const id = await finished();
    for (const [format, type, content] of [
      ['png', 'image/png', 'a png'],
      ['svg', 'image/svg+xml; charset=utf-8', '<svg/>'],
    ] as const) {
      const answer = await ada.call(path(id, `/image.${format}`));
      expect(answer.headers.get('content-type')).toBe(type);
      expect(answer.headers.get('content-length')).toBe(String(content.length));
      expect(answer.headers.get('content-disposition')).toBeNull();
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await answer.text()).toBe(content);
      const etag = answer.headers.get('etag')!;
      expect(etag).toMatch(/^"[^"]+"$/);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await ada.call(path(id, `/image.${format}`), { headers: { 'if-none-match': known } });
        expect([again.status, await again.text()]).toEqual([304, '']);
      }
      const changed = await ada.call(path(id, `/image.${format}`), { headers: { 'if-none-match': '"other"' } });
      expect(changed.status).toBe(200);
      await changed.text();
    }
  });

  it.each([
    ['alice.txt', `attachment; filename="alice.png"; filename*=UTF-8''alice.png`],
    ['爱丽丝', `attachment; filename="___.png"; filename*=UTF-8''%E7%88%B1%E4%B8%BD%E4%B8%9D.png`],
    ['a"b\\c/d%', `attachment; filename="a_b_c_d_.png"; filename*=UTF-8''a%22b%5Cc%2Fd%25.png`],
    ["it's (1)*", `attachment; filename="it's (1)*.png"; filename*=UTF-8''it%27s%20%281%29%2A.png`],
  ])('download of %j – its file name in both forms', async (title, disposition) => {
    const answer = await ada.call(path(await finished({ text: 'words', title }), '/image.png?download=1'));
    expect(answer.headers.get('content-disposition')).toBe(disposition);
    await answer.text();
  });

  it('words – JSON, or CSV where asked for, each with an ETag of its own', async () => {
    const id = await finished();
    const json = await ada.call(path(id, '/words'));
    expect(json.headers.get('content-type')).toMatch(/^application\/json/);
    expect(json.headers.get('vary')).toBe('accept');
    expect(await json.json()).toEqual(WORDS);
    const csv = await ada.call(path(id, '/words'), { headers: { accept: 'text/csv' } });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toContain('filename="alice.csv"');
    expect(await csv.text()).toBe('word,count,pos,weight,placed\r\nwhale,2,noun,1,true\r\n"a,""b""",1,,0.5,false\r\n');
    const tags = [json.headers.get('etag')!, csv.headers.get('etag')!];
    expect(tags[0]).not.toBe(tags[1]);
    const again = (accept: string) => ada.call(path(id, '/words'), { headers: { accept, 'if-none-match': tags[1]! } });
    expect((await again('text/csv')).status).toBe(304);
    const other = await again('application/json');
    expect(other.status).toBe(200);
    await other.text();
  });

  it('not finished – 409 says to come back; failed – 409 says why', async () => {
    const { id } = await ada.upload();
    for (const rest of ['/image.png', '/image.svg', '/words']) {
      const answer = await ada.call(path(id, rest));
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(await problemOf(answer)).toMatchObject({ status: 409, code: 'NOT_READY' });
    }
    const attempt = await lease(bff, id);
    const error = { code: 'EMPTY_TEXT', detail: 'No word.' };
    await bff.tasks.failTask({ params: { taskId: id, attempt }, body: { error, retry: 'never' } });
    const failed = await ada.call(path(id, '/image.png'));
    expect(failed.headers.get('retry-after')).toBeNull();
    expect(await problemOf(failed)).toMatchObject({ code: 'NOT_READY', detail: expect.stringContaining('No word.') });
    expect(await (await ada.call(path(id))).json()).toMatchObject({ task: { status: 'failed', error, image: null } });
  });

  it('the file is gone from the store – 404', async () => {
    const id = await finished();
    await rm(`${bff.folder}/tasks`, { recursive: true });
    expect(await problemOf(await ada.call(path(id, '/image.png')))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('the source – byte for byte, as a text that no browser takes for a page', async () => {
    const bytes = Buffer.from('<script>alert(1)</script> caf\xe9 na\xefve', 'latin1');
    const form = new FormData();
    form.append('file', new Blob([bytes]), 'évil.html');
    const { id } = ((await (await ada.postForm(form)).json()) as { task: Task }).task;
    const answer = await ada.call(path(id, '/source'));
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-disposition')).toContain("filename*=UTF-8''%C3%A9vil.html");
  });
});

describe('listing', () => {
  it('pages, newest first; by status; by title', async () => {
    const ids: string[] = [];
    for (const title of ['Moby Dick', 'Alice', '100% Alice'])
      ids.unshift((await ada.upload({ text: 'words', title })).id);
    await finish(bff, ids[0]!);
    const list = async (query: string) => {
      const { items, ...rest } = (await (await ada.call(`/api/wordclouds?${query}`)).json()) as { items: Task[] };
      return { ids: items.map(({ id }) => id), ...rest };
    };
    expect(await list('')).toEqual({ ids, page: 1, pageSize: 20, total: 3 });
    expect(await list('page=2&pageSize=2')).toEqual({ ids: ids.slice(2), page: 2, pageSize: 2, total: 3 });
    expect(await list('page=9')).toEqual({ ids: [], page: 9, pageSize: 20, total: 3 });
    expect(await list('status=succeeded')).toMatchObject({ ids: [ids[0]], total: 1 });
    expect(await list('q=alice')).toMatchObject({ ids: ids.slice(0, 2) });
    expect(await list(`q=${encodeURIComponent('%')}`)).toMatchObject({ ids: [ids[0]] });
    const eve = await signIn(bff);
    expect(await (await eve.call('/api/wordclouds')).json()).toMatchObject({ items: [], total: 0 });
  });

  it.each(['page=0', 'page=x', 'pageSize=101', 'pageSize=0', 'status=done', `q=${'x'.repeat(201)}`, 'color=red'])(
    '%.20s – 400 names it',
    async (query) => {
      const problem = await problemOf(await ada.call(`/api/wordclouds?${query}`));
      expect(problem).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
      expect(problem.detail).toContain(query.split('=')[0]);
    },
  );
});

describe('retry and delete', () => {
  const retry = (id: string, body?: object) =>
    ada.call(path(id, '/retry'), {
      method: 'POST',
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });

  it('retry – nothing or some options – 202 and waiting again, the rest as before', async () => {
    const id = await finished({ text: 'words', seed: 5 });
    const answer = await retry(id, { top: 9 });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(path(id));
    expect(await answer.json()).toMatchObject({ task: { id, status: 'waiting', options: { seed: 5, top: 9 } } });
    await finish(bff, id);
    const again = await retry(id);
    expect(await again.json()).toMatchObject({ task: { status: 'waiting', options: { seed: 5, top: 9 } } });
  });

  it('retry – while it waits – 409; with a wrong option – 400', async () => {
    const { id } = await ada.upload();
    expect(await problemOf(await retry(id))).toMatchObject({ status: 409, code: 'NOT_RETRYABLE' });
    const problem = await problemOf(await retry(id, { top: 0 }));
    expect(problem).toMatchObject({ status: 400, detail: expect.stringContaining('top: got 0') });
  });

  it('delete – 204; the task and all its files are gone, others stay', async () => {
    const [id, other] = [await finished(), await finished()];
    expect((await ada.call(path(id), { method: 'DELETE' })).status).toBe(204);
    expect((await ada.call(path(id))).status).toBe(404);
    expect((await ada.call(path(id), { method: 'DELETE' })).status).toBe(404);
    const stored = await bff.stored();
    expect(stored.filter((file) => file.includes(id))).toEqual([]);
    expect(stored.filter((file) => file.includes(other))).toHaveLength(5);
  });
});

describe('what is open to all', () => {
  it('options – all that may be chosen, with the limit of this instance', async () => {
    const options = (await (await bff.call('/api/options')).json()) as Record<string, unknown>;
    expect(options).toMatchObject({
      languages: expect.arrayContaining(['auto', 'en', 'zh']),
      palettes: expect.arrayContaining([DEFAULT_OPTIONS.palette]),
      formats: ['png', 'svg', 'pdf', 'webp', 'html', 'json'],
      limits: { bytes: 100_000, top: { minimum: 1, maximum: 2000 } },
      defaults: DEFAULT_OPTIONS,
    });
    expect(Object.keys(options)).toEqual(expect.arrayContaining(['shapes', 'fonts', 'rotations', 'scalings', 'words']));
  });

  it('an unknown address – 404 as a problem', async () => {
    expect(await problemOf(await bff.call('/api/nothing'))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});
