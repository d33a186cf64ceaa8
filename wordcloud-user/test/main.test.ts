import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userContract } from '@wordcloud/contracts';
import { createClient, createFixedChannel } from '@wordcloud/rpc';
import { afterAll, describe, expect, it } from 'vitest';
import { runMain } from '../../scripts/test-servers/run-main.ts';

const folder = await mkdtemp(join(tmpdir(), 'wordcloud-user-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const MAIN = 'wordcloud-user/src/main.ts';
const logInDemo = async (origin: string) => {
  const client = createClient(userContract, createFixedChannel('wordcloud-user', { origin }), {
    serviceToken: 'a token for the tests',
  });
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
