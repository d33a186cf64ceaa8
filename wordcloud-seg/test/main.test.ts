import { segContract } from '@wordcloud/contracts';
import { createClient, createFixedChannel } from '@wordcloud/rpc';
import { describe, expect, it } from 'vitest';
import { runMain } from '../../scripts/test-servers/run-main.ts';

const MAIN = 'wordcloud-seg/src/main.ts';

describe('the process', () => {
  it('ready – works; SIGTERM during work – the answer still comes, status 0', async () => {
    const seg = runMain(MAIN, { SEG_WORKERS: '1', GDD_MANAGE_PASS: 'admin' });
    const origin = await seg.ready;
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    const client = createClient(segContract, createFixedChannel('wordcloud-seg', { origin }), {
      serviceToken: 'a token for the tests',
    });
    const segment = (words: string) =>
      client.segment({
        body: { content: btoa(words), lang: 'auto', words: 'nouns', minLength: 2, stopwords: [] },
      });
    expect((await segment('whale')).words).toMatchObject([{ word: 'whale' }]);
    // Once the second waits for the only worker, both have certainly arrived.
    const working = [1, 2].map(() => segment('the whale and the ship '.repeat(50_000)));
    const headers = { authorization: `Basic ${btoa('admin:admin')}` };
    const metrics = async () => (await fetch(`${origin}/go-doudou/prometheus`, { headers })).text();
    await expect.poll(metrics, { timeout: 10_000 }).toMatch(/worker_pool_queue_length\{.*\} 1\n/);
    seg.kill('SIGTERM');
    for (const { words } of await Promise.all(working)) expect(words).toHaveLength(2);
    await client.close();
    expect((await seg.ended).code).toBe(0);
  });

  it('a wrong setting – named in a sentence, status 1', async () => {
    const { code, stderr } = await runMain(MAIN, { SEG_WORKERS: '-1', MAX_TEXT_BYTES: 'much' }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('SEG_WORKERS: "-1" is not allowed; give a whole number from 0 to 64');
    expect(stderr).toContain('MAX_TEXT_BYTES: "much"');
  });
});
