import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { type CloudOptions, DEFAULT_OPTIONS, type Task } from '@wordcloud/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Backends, startBackends } from './backends.ts';
import { type Bff, finish, MAX_TEXT_BYTES, type Member, problemOf, signIn, startBff } from './harness.ts';

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

const PNG = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
const BINARY = Buffer.from(Array.from({ length: 2_000 }, (_, i) => (i * 37) % 256));
const text = (content: string | Uint8Array) => new Blob([content as string]);

function form(parts: Record<string, string | Blob>, fileName = 'alice.txt'): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, value, name === 'file' ? fileName : `${name}.png`);
  }
  return data;
}
const taskOf = async (answer: Response) => ((await answer.json()) as { task: Task }).task;
const nothingKept = async () => {
  expect(await bff.stored()).toEqual([]);
  expect(await (await ada.call('/api/wordclouds')).json()).toMatchObject({ total: 0 });
};

describe('a form', () => {
  it('a text, options around it, a mask – 202 with the task, its place, and what was stored', async () => {
    const answer = await ada.postForm(
      form({
        top: '50',
        lang: ' en ',
        file: text('Whales, whales and ships.'),
        mask: new Blob([PNG]),
        stopwords: 'a, b、c',
        dictionary: 'sperm whale',
        phrases: 'true',
        margin: '4.5',
        angles: '-30,30',
        shapeText: '鲸',
        colorBy: 'image',
      }),
    );
    expect(answer.status).toBe(202);
    const task = await taskOf(answer);
    expect(answer.headers.get('location')).toBe(`/api/wordclouds/${task.id}`);
    expect(task).toMatchObject({
      title: 'alice.txt',
      status: 'waiting',
      progress: { stage: 'queued', percent: 0 },
      options: {
        ...DEFAULT_OPTIONS,
        ...{ top: 50, lang: 'en', stopwords: ['a', 'b', 'c'], dictionary: ['sperm whale'], phrases: true },
        ...{ margin: 4.5, angles: [-30, 30], shapeText: '鲸', colorBy: 'image' },
      },
      source: { bytes: 25 },
      hasMask: true,
      ...{ image: null, stats: null, error: null, finishedAt: null, lang: null },
    });
    expect(task).not.toHaveProperty('ownerId');
    expect((await bff.stored()).map((path) => path.slice(bff.folder.length).split('/').at(-1)).sort()).toEqual(
      expect.arrayContaining(['mask', 'source']),
    );
    expect(await (await ada.call(`/api/wordclouds/${task.id}`)).json()).toEqual({ task });
  });

  it.each([
    ['../../x', 'x'],
    ['C:\\Users\\ada\\notes.txt', 'notes.txt'],
    ['..', 'untitled'],
    ['爱丽丝.txt', '爱丽丝.txt'],
    ['a\u202eb.txt', 'a b.txt'],
  ])('a file called %j – the title is %j', async (fileName, title) => {
    expect(await taskOf(await ada.postForm(form({ file: text('words') }, fileName)))).toMatchObject({ title });
  });

  it('a second text – stored beside the first; the task tells its name', async () => {
    const data = form({ file: text('Whales and ships.') });
    data.append('compare', text('Tea and scones.'), '../b.txt');
    const answer = await ada.postForm(data);
    expect(answer.status).toBe(202);
    const task = await taskOf(answer);
    expect(task).toMatchObject({ title: 'alice.txt', comparedWith: 'b.txt', source: { bytes: 17 } });
    expect(task).not.toHaveProperty('compareKey');
    const [path] = (await bff.stored()).filter((file) => file.endsWith(`${task.id}/compare`));
    expect(await readFile(path!, 'utf8')).toBe('Tea and scones.');
    expect((await bff.tasks.leaseTasks({ body: { dispatcher: 'test', limit: 50, waitMs: 0 } })).leases).toContainEqual(
      expect.objectContaining({ task: expect.objectContaining({ compareKey: `tasks/${task.id}/compare` }) }),
    );
  });

  it('a title of its own – wins over the name of the file', async () => {
    const parts = { title: 'My <b>whales</b>', file: text('words') };
    expect(await taskOf(await ada.postForm(form(parts)))).toMatchObject({ title: 'My <b>whales</b>' });
  });

  it('an empty file – accepted: that it holds no word is for the task to say', async () => {
    const answer = await ada.postForm(form({ file: text('') }));
    expect(answer.status).toBe(202);
    expect(await taskOf(answer)).toMatchObject({ source: { bytes: 0 } });
  });

  it('exactly the largest text – accepted', async () => {
    const answer = await ada.postForm(form({ file: text('a'.repeat(MAX_TEXT_BYTES)) }));
    expect(await taskOf(answer)).toMatchObject({ source: { bytes: MAX_TEXT_BYTES } });
  });

  it.each<[string, Record<string, string | Blob>, number, string, RegExp]>([
    ['binary', { file: new Blob([BINARY]) }, 415, 'NOT_TEXT', /./],
    ['a picture', { file: new Blob([PNG]) }, 415, 'NOT_TEXT', /PNG/],
    ['one byte too many', { file: text('a'.repeat(MAX_TEXT_BYTES + 1)) }, 413, 'TOO_LARGE', /100000 bytes/],
    ['a mask that is a text', { file: text('words'), mask: text('no image') }, 415, 'NOT_IMAGE', /^mask/],
    ['no file', { top: '5' }, 400, 'INVALID_INPUT', /^file: is missing/],
    ['a mask alone', { mask: new Blob([PNG]) }, 400, 'INVALID_INPUT', /^file: is missing/],
    ['a file elsewhere', { other: text('words') }, 400, 'INVALID_INPUT', /^other/],
    [
      'an option that is none, after the file',
      { file: text('words'), top: 'many' },
      400,
      'INVALID_INPUT',
      /^top: got "many"/,
    ],
    ['an unknown field', { file: text('words'), colour: 'red' }, 400, 'INVALID_INPUT', /^colour: .*palette/],
    [
      'a second text that is binary',
      { file: text('words'), compare: new Blob([BINARY]) },
      415,
      'NOT_TEXT',
      /^compare: /,
    ],
    [
      'a second text with a byte too many',
      { file: text('words'), compare: text('a'.repeat(MAX_TEXT_BYTES + 1)) },
      413,
      'TOO_LARGE',
      /^compare: .*100000 bytes/,
    ],
    ['a second text alone', { compare: text('words') }, 400, 'INVALID_INPUT', /^file: is missing/],
  ])('%s – refused, nothing is kept', async (_name, parts, status, code, detail) => {
    const problem = await problemOf(await ada.postForm(form(parts)));
    expect(problem).toMatchObject({ status, code, detail: expect.stringMatching(detail) });
    await nothingKept();
  });

  it('two files, two masks, three texts – 400', async () => {
    for (const twice of ['file', 'mask', 'compare']) {
      const data = form({ file: text('one'), mask: new Blob([PNG]), compare: text('other') });
      data.append(twice, text('two'), 'two.txt');
      expect(await problemOf(await ada.postForm(data))).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
    }
    await nothingKept();
  });

  it('text as a field instead of a file – 400 says what is wanted', async () => {
    const problem = await problemOf(await ada.postForm(form({ file: 'words' })));
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_INPUT', detail: expect.stringContaining('file') });
    await nothingKept();
  });

  it('broken framing – 400', async () => {
    const boundary = 'multipart/form-data; boundary=x';
    for (const [type, body] of [
      ['multipart/form-data', 'words'],
      [boundary, 'no framing at all'],
      [boundary, '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nwords'],
    ] as const) {
      const init = { method: 'POST', headers: { 'content-type': type }, body };
      const problem = await problemOf(await ada.call('/api/wordclouds', init));
      expect(problem.status, `${type} ${body}`).toBe(400);
    }
    await nothingKept();
  });
});

describe('JSON', () => {
  it('two texts – the first words of the second are its name', async () => {
    const answer = await ada.postText({ text: 'Whales', compare: 'Tea.\nScones.' });
    expect(await taskOf(answer)).toMatchObject({ title: 'Whales', comparedWith: 'Tea.' });
    expect((await bff.stored()).filter((path) => path.endsWith('/compare'))).toHaveLength(1);
  });

  it('a text – 202, its first words are the title', async () => {
    const answer = await ada.postText({ text: '\n  Call me Ishmael.\nSome years ago', seed: 7 });
    expect(answer.status).toBe(202);
    expect(await taskOf(answer)).toMatchObject({
      title: 'Call me Ishmael.',
      options: { seed: 7, top: 200 },
      source: { encoding: 'utf-8' },
    });
  });

  it.each<[keyof CloudOptions, unknown, RegExp]>([
    ['lang', 'klingon', /one of auto, en, zh/],
    ['top', 0, /a whole number from 1 to 2000/],
    ['top', 2001, /from 1 to 2000/],
    ['top', 1.5, /a whole number/],
    ['top', '50', /a whole number/],
    ['width', 63, /from 64 to 4096/],
    ['width', 4097, /from 64 to 4096/],
    ['height', 63, /from 64 to 4096/],
    ['height', null, /from 64 to 4096/],
    ['palette', 'grey', /one of aurora/],
    ['background', 'red', /#rrggbb. or .transparent/],
    ['shape', 'pentagon', /one of rectangle/],
    ['font', 'Arial', /one of sans-light/],
    ['rotation', 'upside-down', /one of none/],
    ['scaling', 'cubic', /one of linear, sqrt, log/],
    ['words', 'verbs', /one of nouns, all/],
    ['minLength', 0, /from 1 to 20/],
    ['minLength', 21, /from 1 to 20/],
    ['stopwords', 'a b', /a list of at most 1000/],
    ['stopwords', Array.from({ length: 1001 }, () => 'a'), /at most 1000/],
    ['margin', 101, /a number from 0 to 100, or null/],
    ['maxFontSize', 'large', /a number from 2 to 8192, or null/],
    ['shapeText', '', /a text of 1 to 20 characters, or null/],
    ['contourColor', 'red', /#rrggbb/],
    ['strict', 'true', /true or false/],
    ['angles', 45, /a list of at most 64/],
    ['colorBy', 'mood', /one of random, rank, frequency, pos, image/],
    ['colorBy', 'image', /image only with a mask/],
    ['scale', 4, /from 1 to 3 at 1200 × 800/],
    ['seed', -1, /from 0 to 4294967295/],
    ['seed', 2 ** 32, /from 0 to 4294967295/],
  ])('%s = %j – 400 names the field, the value and what is allowed', async (field, value, allowed) => {
    const problem = await problemOf(await ada.postText({ text: 'words', [field]: value }));
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
    const shown = Array.isArray(value) ? 'a list of 1001' : value;
    expect(problem.errors).toEqual([{ field, value: shown, allowed: expect.stringMatching(allowed) }]);
    await nothingKept();
  });

  it.each([
    ['{"text": "words"', 400, 'BAD_REQUEST'],
    ['{"texts": "words"}', 400, 'INVALID_INPUT'],
    ['{"text": 5}', 400, 'INVALID_INPUT'],
    ['{"text": "words", "title": ""}', 400, 'INVALID_INPUT'],
    ['"words"', 400, 'INVALID_INPUT'],
    ['null', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [JSON.stringify({ text: 'ä'.repeat(MAX_TEXT_BYTES / 2 + 1) }), 413, 'TOO_LARGE'],
    [JSON.stringify({ text: 'words', compare: 'ä'.repeat(MAX_TEXT_BYTES / 2 + 1) }), 413, 'TOO_LARGE'],
    ['{"text": "words", "compare": null}', 400, 'INVALID_INPUT'],
    [JSON.stringify({ text: 'a\u0000b\u0001\u0002'.repeat(100) }), 415, 'NOT_TEXT'],
  ])('%.40s – %i %s', async (body, status, code) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await ada.call('/api/wordclouds', { method: 'POST', headers, body });
    expect(await problemOf(answer)).toMatchObject({ status, code });
    await nothingKept();
  });

  it('another content type, or no body – 415', async () => {
    const xml = { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<x/>' };
    for (const init of [xml, { method: 'POST' }]) {
      const problem = await problemOf(await ada.call('/api/wordclouds', init));
      expect(problem).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
    }
  });
});

describe('an Idempotency-Key', () => {
  it('the same twice, also at once – the same task, and one text in the store', async () => {
    const headers = { 'idempotency-key': 'one' };
    const answers = await Promise.all([1, 2, 3].map(() => ada.postText({ text: 'words' }, headers)));
    const ids = await Promise.all(answers.map(async (answer) => (await taskOf(answer)).id));
    expect(new Set(ids).size).toBe(1);
    expect((await bff.stored()).filter((path) => !path.includes(ids[0]!))).toEqual([]);
    expect(await (await ada.call('/api/wordclouds')).json()).toMatchObject({ total: 1 });
  });

  it('the same of somebody else – a task of their own', async () => {
    const eve = await signIn(bff);
    const headers = { 'idempotency-key': 'one' };
    const own = await taskOf(await ada.postText({ text: 'words' }, headers));
    expect((await taskOf(await eve.postText({ text: 'words' }, headers))).id).not.toBe(own.id);
  });

  it('not sane – 400', async () => {
    for (const key of ['with space', 'x'.repeat(256)]) {
      expect(await problemOf(await ada.postText({ text: 'w' }, { 'idempotency-key': key }))).toMatchObject({
        status: 400,
      });
    }
    await nothingKept();
  });
});

describe('Prefer: wait', () => {
  it('finished in time – 201 with the picture', async () => {
    const answering = ada.postText({ text: 'words' }, { prefer: 'wait=20' });
    const id = await waitingTask();
    await finish(bff, id);
    const answer = await answering;
    expect(answer.status).toBe(201);
    expect(answer.headers.get('preference-applied')).toBe('wait');
    expect(await taskOf(answer)).toMatchObject({
      status: 'succeeded',
      image: { png: `/api/wordclouds/${id}/image.png` },
    });
  });

  it('not finished in time, or nonsense – 202', async () => {
    for (const prefer of ['wait=1', 'wait=-1', 'wait=soon']) {
      const answer = await ada.postText({ text: 'words' }, { prefer });
      expect(answer.status).toBe(202);
      expect(answer.headers.get('preference-applied')).toBeNull();
    }
  });

  it('deleted meanwhile – 404', async () => {
    const answering = ada.postText({ text: 'words' }, { prefer: 'wait=20' });
    await ada.call(`/api/wordclouds/${await waitingTask()}`, { method: 'DELETE' });
    expect(await problemOf(await answering)).toMatchObject({ status: 404 });
  });

  async function waitingTask(): Promise<string> {
    for (;;) {
      const { items } = (await (await ada.call('/api/wordclouds?status=waiting')).json()) as { items: Task[] };
      if (items[0]) return items[0].id;
    }
  }
});

describe('an upload that is refused while it is still sent', () => {
  const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';

  /** Sends without end, as a client that reads the answer only when it comes. */
  async function sendForever(headers: Record<string, string | number>, first: string, chunk: Buffer) {
    const upload = request(`${bff.origin}/api/wordclouds`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ada.accessToken}`,
        'content-type': 'multipart/form-data; boundary=x',
        ...headers,
      },
    });
    upload.on('error', () => {});
    let sent = 0;
    let answered = false;
    const send = () => {
      while (!answered && upload.writable) {
        sent += chunk.length;
        if (!upload.write(chunk)) return void upload.once('drain', () => setImmediate(send));
      }
    };
    upload.write(first);
    send();
    const [answer] = (await once(upload, 'response')) as [import('node:http').IncomingMessage];
    const body = JSON.parse((await answer.toArray()).join('')) as { code: string };
    answered = true;
    upload.destroy();
    return { status: answer.statusCode, code: body.code, sent };
  }

  it('too large – 413 arrives, long before everything would be sent', async () => {
    const { status, code, sent } = await sendForever({}, head, Buffer.alloc(16_384, 'a '));
    expect({ status, code }).toEqual({ status: 413, code: 'TOO_LARGE' });
    expect(sent).toBeLessThan(50 * 1024 * 1024);
    await nothingKept();
  });

  it('not a text – 415 arrives', async () => {
    const { status, code } = await sendForever({}, head, BINARY);
    expect({ status, code }).toEqual({ status: 415, code: 'NOT_TEXT' });
    await nothingKept();
  });

  it('announced too large – 413 arrives without its being read', async () => {
    const { status, code } = await sendForever({ 'content-length': 10 ** 9 }, head, Buffer.alloc(16_384, 'a '));
    expect({ status, code }).toEqual({ status: 413, code: 'TOO_LARGE' });
    await nothingKept();
  });

  it('JSON that does not end – 413 arrives', async () => {
    const { status, code } = await sendForever(
      { 'content-type': 'application/json' },
      '{"text":"',
      Buffer.alloc(16_384, 'a '),
    );
    expect({ status, code }).toEqual({ status: 413, code: 'TOO_LARGE' });
  });

  it('without a token – 401 arrives', async () => {
    const { status } = await sendForever({ authorization: 'Bearer nonsense' }, head, Buffer.alloc(16_384, 'a '));
    expect(status).toBe(401);
  });

  it('cut off by the client – nothing is kept', async () => {
    const upload = request(`${bff.origin}/api/wordclouds`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ada.accessToken}`, 'content-type': 'multipart/form-data; boundary=x' },
    });
    upload.on('error', () => {});
    upload.write(`${head}some words`);
    await expect.poll(() => bff.stored()).not.toEqual([]);
    upload.destroy();
    await expect.poll(() => bff.stored()).toEqual([]);
    await nothingKept();
  });
});
