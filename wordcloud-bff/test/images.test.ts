/** Pictures in the formats that are made on the first wish, by a real maker. */
import { makerContract, objectKeys, ProblemError, type Task } from '@wordcloud/contracts';
import { createClient, createFixedChannel } from '@wordcloud/rpc';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runMain, type ServiceProcess } from '../../scripts/test-servers/run-main.ts';
import type { MakerService } from '../src/domain/ports.ts';
import { type Backends, SERVICE_TOKEN, startBackends } from './backends.ts';
import { type Bff, finish, lease, type Member, problemOf, signIn, startBff } from './harness.ts';

let backends: Backends;
let process: ServiceProcess;
let maker: MakerService;
beforeAll(async () => {
  backends = await startBackends();
  const { taskOrigin: TASKSVC, folder: DATA_DIR } = backends;
  process = runMain('wordcloud-maker/src/main.ts', { TASKSVC, DATA_DIR, MAKER_WORKERS: '1' });
  const channel = createFixedChannel('wordcloud-maker', { origin: await process.ready });
  maker = createClient(makerContract, channel, { serviceToken: SERVICE_TOKEN });
});
afterAll(async () => {
  await maker?.close();
  process?.kill('SIGKILL');
  await process?.ended;
  await backends?.stop();
});

let bff: Bff;
let ada: Member;
const encode = vi.fn<MakerService['encode']>();
beforeEach(async () => {
  encode.mockReset().mockImplementation((...call) => maker.encode(...call));
  bff = await startBff(backends, { folder: `${backends.folder}/objects`, maker: { encode } });
  ada = await signIn(bff);
  return () => bff.close();
});

const path = (id: string, rest: string) => `/api/wordclouds/${id}/${rest}`;
/** One pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';

async function finished(hasLayout = true, title = 'alice.txt'): Promise<string> {
  const { id } = await ada.upload({ text: 'whales and ships', title });
  await finish(bff, id, hasLayout);
  await bff.store.put(objectKeys.png(id, 1), Buffer.from(PNG, 'base64'), { contentType: 'image/png' });
  return id;
}

describe('formats made on the first wish', () => {
  it.each([
    ['image.pdf', 'application/pdf', /^%PDF-/, null],
    ['image.webp', 'image/webp', /^RIFF/, null],
    ['image.html', 'text/html; charset=utf-8', /<title>alice<\/title>/, "filename*=UTF-8''alice.html"],
    ['image.svg?text=1', 'image/svg+xml; charset=utf-8', />whale<\/text>/, null],
  ])('%s – made once; its type, length and ETag; 304 for who has it', async (file, type, content, name) => {
    const id = await finished();
    const answer = await ada.call(path(id, file));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    if (name === null) expect(answer.headers.get('content-disposition')).toBeNull();
    else expect(answer.headers.get('content-disposition')).toContain(name);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    expect(bytes.toString()).toMatch(content);
    const known = { 'if-none-match': answer.headers.get('etag')! };
    expect((await ada.call(path(id, file), { headers: known })).status).toBe(304);
    expect(encode).toHaveBeenCalledOnce();
  });

  it('the layout – as it was stored, for programs', async () => {
    const id = await finished();
    const answer = await ada.call(path(id, 'image.json?download=1'));
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('content-disposition')).toContain('filename="alice.json"');
    expect(await answer.json()).toMatchObject({ format: 'wordcloud-layout', words: [{ word: 'whale' }] });
    expect(encode).not.toHaveBeenCalled();
  });

  it('a page – cannot reach out, has no origin, and is never opened here', async () => {
    const answer = await ada.call(path(await finished(true, '<script>"'), 'image.html'));
    const policy = answer.headers.get('content-security-policy')!.split('; ');
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", 'img-src data:', 'sandbox allow-scripts']));
    expect(policy.filter((rule) => rule.startsWith('sandbox')).join()).not.toContain('allow-same-origin');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(await answer.text()).not.toContain('<script>"');
  });

  it('two at once – both get it, the same', async () => {
    const id = await finished();
    const answers = await Promise.all([1, 2].map(() => ada.call(path(id, 'image.pdf'))));
    const [one, two] = await Promise.all(answers.map(async (answer) => Buffer.from(await answer.arrayBuffer())));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(one!.equals(two!)).toBe(true);
  });

  it('deleted while it is made – 404, nothing of it is left', async () => {
    const id = await finished();
    encode.mockImplementation(async (input, context) => {
      // Its answer does not matter: what it has stored does.
      expect((await ada.call(`/api/wordclouds/${id}`, { method: 'DELETE' })).status).toBe(204);
      await bff.store.put(input.body.key, await layout, { contentType: 'application/json' });
      return maker.encode(input, context);
    });
    const layout = bff.store.getBytes(objectKeys.layout(id, 1));
    expect(await problemOf(await ada.call(path(id, 'image.pdf')))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await bff.stored()).filter((file) => file.includes(id))).toEqual([]);
  });

  it('made before layouts were kept – 409 says what to do; WebP, PNG and SVG can be had', async () => {
    const id = await finished(false);
    for (const file of ['image.pdf', 'image.html', 'image.json', 'image.svg?text=1']) {
      const problem = await problemOf(await ada.call(path(id, file)));
      expect(problem).toMatchObject({ status: 409, code: 'NO_LAYOUT', detail: expect.stringContaining('retry') });
    }
    for (const file of ['image.webp', 'image.png', 'image.svg']) {
      const answer = await ada.call(path(id, file));
      expect([file, answer.status]).toEqual([file, 200]);
      await answer.arrayBuffer();
    }
  });

  it('no maker – 503 says when to come back; those that are there can still be had', async () => {
    const id = await finished();
    await (await ada.call(path(id, 'image.pdf'))).arrayBuffer();
    encode.mockRejectedValue(new ProblemError('NO_INSTANCE', 'none', { retryAfterSeconds: 1 }));
    const answer = await ada.call(path(id, 'image.html'));
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await problemOf(answer)).toMatchObject({ status: 503, code: 'NO_INSTANCE' });
    const known = await ada.call(path(id, 'image.pdf'));
    expect(known.status).toBe(200);
    await known.arrayBuffer();
  });

  it.each(['image.png?text=1', 'image.svg?text=yes', 'image.gif', 'image.pdf?download=maybe'])(
    '%s – 400',
    async (file) => {
      const problem = await problemOf(await ada.call(path(await finished(), file)));
      expect(problem).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
    },
  );

  it("not finished, somebody else's – 409, 404; no maker is asked", async () => {
    const { id } = await ada.upload();
    expect(await problemOf(await ada.call(path(id, 'image.pdf')))).toMatchObject({ status: 409, code: 'NOT_READY' });
    const eve = await signIn(bff);
    const problem = await problemOf(await eve.call(path(await finished(), 'image.pdf')));
    expect(problem).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(encode).not.toHaveBeenCalled();
  });
});

describe('a preview', () => {
  it('while it is painted – its address in the task, the picture there, never kept; then a 404', async () => {
    const { id } = await ada.upload();
    expect((await ada.call(path(id, 'preview.png'))).status).toBe(404);
    const attempt = await lease(bff, id);
    const previewKey = objectKeys.preview(id, attempt);
    await bff.store.put(previewKey, Buffer.from('small'), { contentType: 'image/png' });
    const params = { taskId: id, attempt };
    await bff.tasks.reportProgress({ params, body: { progress: { stage: 'layout', percent: 80 }, previewKey } });
    const { task } = (await (await ada.call(`/api/wordclouds/${id}`)).json()) as { task: Task };
    expect(task).toMatchObject({ status: 'processing', preview: path(id, 'preview.png'), image: null });
    expect(task).not.toHaveProperty('previewKey');
    const answer = await ada.call(task.preview!);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-length')).toBe('5');
    expect(await answer.text()).toBe('small');
    const eve = await signIn(bff);
    expect((await eve.call(task.preview!)).status).toBe(404);
    await bff.tasks.failTask({ params, body: { error: { code: 'BAD_MASK', detail: 'No.' }, retry: 'never' } });
    expect(await problemOf(await ada.call(task.preview!))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});
