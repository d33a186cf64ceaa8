import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LANGUAGES, segContract } from '@wordcloud/contracts';
import { createClient, createFixedChannel } from '@wordcloud/rpc';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import { LANGUAGES as TEXT_LANGUAGES } from '@wordcloud/text';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../src/app.ts';
import { createWorkerSegmenter } from '../src/infra/worker-segmenter.ts';

const TOKEN = 'a token for the tests';
const MAX_TEXT_BYTES = 6 * 1024 * 1024;
const MiB = 1024 * 1024;
const FIXTURES = resolve(import.meta.dirname, '../../shared/text/src/formats/fixtures');

/** The app over one real worker thread. */
async function startSeg() {
  const metrics = createMetrics('test', { processMetrics: false });
  const segmenter = createWorkerSegmenter(1, metrics);
  const logger = createLogger({ service: 'test', level: 'silent' });
  const { server } = await buildApp({ logger, metrics, segmenter, serviceToken: TOKEN, maxTextBytes: MAX_TEXT_BYTES });
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  const client = createClient(segContract, createFixedChannel('wordcloud-seg', { origin }), { serviceToken: TOKEN });
  const segment = (bytes: Uint8Array, options: object = {}, signal?: AbortSignal) => {
    const content = Buffer.from(bytes).toString('base64');
    const body = { content, lang: 'auto' as const, words: 'nouns' as const, minLength: 2, stopwords: [], ...options };
    return client.segment({ body }, signal ? { signal } : {});
  };
  return {
    origin,
    segment,
    async close() {
      await client.close();
      await server.close();
      await segmenter.close();
    },
  };
}

let seg: Awaited<ReturnType<typeof startSeg>>;
beforeAll(async () => {
  seg = await startSeg();
});
afterAll(() => seg?.close());

const text = (content: string) => Buffer.from(content);
const long = (bytes: number) => text('The whale swims and the ship sails over the cold sea. '.repeat(bytes / 54));

describe('segment', () => {
  it('English – nouns, most frequent first', async () => {
    const { lang, encoding, tokens, words } = await seg.segment(
      text('The whale saw the ship. The whale and the captain looked at the old whale.'),
    );
    expect({ lang, encoding, tokens }).toEqual({ lang: 'en', encoding: 'utf-8', tokens: 15 });
    expect(words[0]).toMatchObject({ word: 'whale', count: 3 });
    expect(words.map(({ word }) => word)).toEqual(expect.arrayContaining(['ship', 'captain']));
    expect(words.map(({ word }) => word)).not.toContain('the');
  });

  it.each(['lighthouse.en.pdf', 'lighthouse.zh.pdf'])('%s – its text is read', async (name) => {
    const { encoding, lang, words } = await seg.segment(await readFile(join(FIXTURES, name)));
    expect({ encoding, lang }).toEqual({ encoding: null, lang: name.split('.')[1] });
    expect(words.map(({ word }) => word)).toContain(lang === 'zh' ? '灯塔' : 'harbour');
  });

  it('HTML – only what a reader sees', async () => {
    const html = '<!doctype html><title>x</title><style>whale{}</style><p>Whales swim.<script>ship()</script></p>';
    const { words } = await seg.segment(text(html));
    expect(words.map(({ word }) => word)).toEqual(['Whales']);
  });

  it('a document that is cut off – NOT_TEXT with what to do', async () => {
    const whole = await readFile(join(FIXTURES, 'lighthouse.en.pdf'));
    await expect(seg.segment(whole.subarray(0, 2_000))).rejects.toMatchObject({ code: 'NOT_TEXT' });
  });

  it('Chinese, also as GBK – the same words, the encoding named', async () => {
    const chinese = '北京是中国的首都，北京有很多大学。上海是中国最大的城市。';
    const utf8 = await seg.segment(text(chinese));
    expect(utf8.lang).toBe('zh');
    expect(utf8.words.slice(0, 2).map(({ word, count }) => [word, count])).toEqual(
      expect.arrayContaining([
        ['中国', 2],
        ['北京', 2],
      ]),
    );
    // 中国的首都。中国的大学。
    const gbk = Buffer.from('d6d0b9fab5c4cad7b6bca1a3d6d0b9fab5c4b4f3d1a7a1a3', 'hex');
    const fromGbk = await seg.segment(gbk);
    expect(fromGbk.encoding).toMatch(/^gb/);
    expect(fromGbk.words[0]).toMatchObject({ word: '中国', count: 2 });
  });

  it('options – reach the engine', async () => {
    const options = { words: 'all', minLength: 5, stopwords: ['ships'], lang: 'en' };
    const { words } = await seg.segment(text('Whales swim. Ships sail quickly, whales dive.'), options);
    const found = words.map(({ word }) => word);
    expect(found).toContain('quickly');
    expect(found.filter((word) => word.length < 5)).toEqual([]);
    expect(found).not.toContain('ships');
  });

  it('nothing to count – an empty list, no error', async () => {
    expect((await seg.segment(text(''))).words).toEqual([]);
    expect((await seg.segment(text(' … 123 !'))).words).toEqual([]);
  });

  it('binary – NOT_TEXT; one byte too many – TOO_LARGE; the most allowed – read', async () => {
    const binary = Buffer.from(Array.from({ length: 2_000 }, (_, i) => (i * 37) % 256));
    await expect(seg.segment(binary)).rejects.toMatchObject({ code: 'NOT_TEXT', status: 415 });
    const tooLarge = seg.segment(Buffer.alloc(MAX_TEXT_BYTES + 1, 'a '));
    await expect(tooLarge).rejects.toMatchObject({ code: 'TOO_LARGE', status: 413 });
    const far = seg.segment(Buffer.alloc(2 * MAX_TEXT_BYTES, 'a '));
    await expect(far).rejects.toMatchObject({ code: 'TOO_LARGE', status: 413 });
  });

  it('a wrong option – INVALID_INPUT names it', async () => {
    await expect(seg.segment(text('words'), { lang: 'klingon' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ field: 'lang', value: 'klingon' }],
    });
  });

  it('without the service token – 401', async () => {
    const answer = await fetch(`${seg.origin}/segment`, { method: 'POST', body: '{}' });
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'UNAUTHENTICATED' }]);
  });
});

describe('while a large text is segmented', () => {
  it('probes are answered at once', async () => {
    let done = false;
    const working = seg.segment(long(5 * MiB)).finally(() => {
      done = true;
    });
    const times: number[] = [];
    while (!done) {
      const started = performance.now();
      await (await fetch(`${seg.origin}/healthz`)).text();
      times.push(performance.now() - started);
    }
    expect((await working).words[0]).toBeDefined();
    expect(times.length).toBeGreaterThan(5);
    expect(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]).toBeLessThan(100);
  });

  it('the caller leaves – the only worker is free for the next', async () => {
    const started = performance.now();
    const whole = await seg.segment(long(5 * MiB));
    const wholeMs = performance.now() - started;
    expect(whole.words.length).toBeGreaterThan(0);

    const leaving = Array.from({ length: 4 }, () => new AbortController());
    const left = leaving.map(({ signal }) => seg.segment(long(5 * MiB), {}, signal));
    const outcomes = Promise.allSettled(left);
    await (await fetch(`${seg.origin}/healthz`)).text();
    for (const controller of leaving) controller.abort(new Error('gone'));
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'gone' } });
    const before = performance.now();
    expect((await seg.segment(text('whale'))).words).toMatchObject([{ word: 'whale' }]);
    expect(performance.now() - before).toBeLessThan(3 * wholeMs);
  });
});

it('the languages of the contract are those of the engine', () => {
  expect([...LANGUAGES].sort()).toEqual([...TEXT_LANGUAGES].sort());
});
