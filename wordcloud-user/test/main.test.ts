import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userContract } from '@wordcloud/contracts';
import { createClient, createFixedChannel } from '@wordcloud/rpc';
import { afterAll, describe, expect, it } from 'vitest';
import { runMain } from '../../scripts/test-servers/run-main.ts';

const folder = await mkdtemp(join(tmpdir(), 'wordcloud-user-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const MAIN = 'wordcloud-user/src/main.ts';
const clientOf = (origin: string) =>
  createClient(userContract, createFixedChannel('wordcloud-user', { origin }), {
    serviceToken: 'a token for the tests',
  });
const logInDemo = async (origin: string) => {
  const client = clientOf(origin);
  try {
    return await client.logIn({ body: { username: 'jackchen', password: '1234', address: '::1' } });
  } finally {
    await client.close();
  }
};

describe('the process', () => {
  it('demo account – only with its setting; data and keys survive a restart; SIGTERM ends it well', async () => {
    const plain = runMain(MAIN, { DATA_DIR: join(folder, 'a') });
    await expect(logInDemo(await plain.ready)).rejects.toMatchObject({ code: 'BAD_CREDENTIALS' });
    plain.kill('SIGTERM');
    expect((await plain.ended).code).toBe(0);

    const first = runMain(MAIN, { DATA_DIR: join(folder, 'b'), DEMO_ACCOUNT: 'true' });
    const before = await logInDemo(await first.ready);
    first.kill('SIGKILL');
    await first.ended;
    const second = runMain(MAIN, { DATA_DIR: join(folder, 'b'), DEMO_ACCOUNT: 'true' });
    const after = await logInDemo(await second.ready);
    expect(after.user).toEqual(before.user);
    second.kill('SIGTERM');
    const { code, lines } = await second.ended;
    expect(code).toBe(0);
    expect(lines.join()).not.toContain(after.accessToken);
  });

  it('first start – two processes on one file at once – both ready, one demo account, one key', async () => {
    const env = { DATA_DIR: join(folder, 'c'), DEMO_ACCOUNT: 'true' };
    const both = [runMain(MAIN, env), runMain(MAIN, env)];
    const origins = await Promise.all(both.map(({ ready }) => ready));
    const [one, other] = await Promise.all(origins.map(logInDemo));
    expect(one!.user).toEqual(other!.user);
    const header = ({ accessToken }: { accessToken: string }) => accessToken.split('.')[0];
    expect(header(one!)).toBe(header(other!));
    for (const process of both) process.kill('SIGTERM');
    for (const process of both) expect((await process.ended).code).toBe(0);
  });

  it('SIGTERM – a long poll and log-ins are under way – all are answered, then status 0', async () => {
    const process = runMain(MAIN, { DATA_DIR: join(folder, 'd'), DEMO_ACCOUNT: 'true' });
    const origin = await process.ready;
    const client = clientOf(origin);
    // Five connections stand before, so that what is sent below arrives together.
    await Promise.all(Array.from({ length: 5 }, () => client.getKeys({})));
    const polling = client.listRevocations({ query: { after: 0, waitMs: 20_000 } });
    const body = { username: 'jackchen', password: '1234', address: '::1' };
    const logIns = Array.from({ length: 4 }, () => client.logIn({ body }));
    await logIns[0];
    process.kill('SIGTERM');
    expect(await polling).toEqual({ items: [], cursor: 0 });
    for (const session of await Promise.all(logIns)) expect(session.user.username).toBe('jackchen');
    expect((await process.ended).code).toBe(0);
    await client.close();
  });

  it.each([
    ['the port is taken', (port: string) => ({ GDD_PORT: port }), /^Port \d+ on 127\.0\.0\.1 is taken/],
    [
      'the database URL is of no known kind',
      () => ({ USER_DATABASE_URL: 'postgres://u:geheim@h/d' }),
      /must be like sqlite:/,
    ],
    [
      'the folder is a file',
      () => ({ DATA_DIR: import.meta.filename }),
      /USER_DATABASE_URL or DATA_DIR cannot be used/,
    ],
  ])('%s – one sentence, status 1, no stack', async (_what, env, sentence) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = String((taken.address() as AddressInfo).port);
    const { code, stderr } = await runMain(MAIN, { DATA_DIR: join(folder, 'e'), ...env(port) }).ended;
    taken.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('geheim');
  });

  it('wrong settings – each named in a sentence, status 1, no stack', async () => {
    const { code, stderr } = await runMain(MAIN, { GDD_PORT: 'many', ACCESS_TOKEN_TTL: '1h', SERVICE_TOKEN: 'short' })
      .ended;
    expect(code).toBe(1);
    expect(stderr).toContain('GDD_PORT: "many" is not allowed; give a whole number from 0 to 65535');
    expect(stderr).toContain('ACCESS_TOKEN_TTL: "1h"');
    expect(stderr).toContain('SERVICE_TOKEN: its value is not allowed');
    expect(stderr).not.toContain('    at ');
  });
});
