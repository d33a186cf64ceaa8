import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMain } from '../../scripts/test-servers/run-main.ts';
import { type Backends, startBackends } from './backends.ts';

const MAIN = 'wordcloud-bff/src/main.ts';

let backends: Backends;
beforeAll(async () => {
  backends = await startBackends();
});
afterAll(() => backends?.stop());

describe('the process', () => {
  it('over real services, without a maker – ready, takes uploads, logs no secret, SIGTERM ends it well', async () => {
    const { userOrigin: USERSVC, taskOrigin: TASKSVC, folder: DATA_DIR } = backends;
    const bff = runMain(MAIN, { USERSVC, TASKSVC, DATA_DIR, MAKERSVC: 'http://127.0.0.1:1', GDD_MANAGE_PASS: 'admin' });
    const origin = await bff.ready;
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ username: 'jackchen', password: '1234' });
    const login = await fetch(`${origin}/api/auth/login`, { method: 'POST', headers, body });
    const { accessToken } = (await login.json()) as { accessToken: string };
    const upload = await fetch(`${origin}/api/wordclouds`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${accessToken}` },
      body: JSON.stringify({ text: 'whales and ships' }),
    });
    expect(upload.status).toBe(202);
    const management = { authorization: `Basic ${btoa('admin:admin')}` };
    const config = await (await fetch(`${origin}/go-doudou/config`, { headers: management })).json();
    expect(config).toMatchObject({ TASKSVC: [TASKSVC], SERVICE_TOKEN: '[redacted]', DISPATCH_CONCURRENCY: 2 });

    bff.kill('SIGTERM');
    const { code, lines } = await bff.ended;
    expect(code).toBe(0);
    for (const secret of [accessToken, 'a token for the tests', '1234"']) expect(lines.join()).not.toContain(secret);
  });

  it('the other services are away – it starts all the same, and answers 503', async () => {
    const nowhere = 'http://127.0.0.1:1';
    const bff = runMain(MAIN, { USERSVC: nowhere, TASKSVC: nowhere, MAKERSVC: nowhere, DATA_DIR: backends.folder });
    const origin = await bff.ready;
    const answer = await fetch(`${origin}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'jackchen', password: '1234' }),
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toMatchObject({
      code: 'UNAVAILABLE',
      detail: expect.stringContaining('wordcloud-user'),
    });
    const me = await fetch(`${origin}/api/me`, { headers: { authorization: 'Bearer a.b.c' } });
    expect(me.status).toBe(503);
    bff.kill('SIGTERM');
    expect((await bff.ended).code).toBe(0);
  });

  it('a wrong setting – named in a sentence, status 1', async () => {
    const { code, stderr } = await runMain(MAIN, { DISPATCH_CONCURRENCY: '0', USERSVC: 'nowhere' }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('DISPATCH_CONCURRENCY: "0" is not allowed; give a whole number from 1 to 50');
    expect(stderr).toContain('USERSVC: "nowhere"');
  });
});
