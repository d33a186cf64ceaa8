import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from './child-server.ts';
import { findProgram } from './find-program.ts';
import { startRedis } from './start-redis.ts';
import { findMariaDb, findRedis, findS3 } from './test-servers.ts';

const [mariaDb, s3, redis] = [await findMariaDb(), await findS3(), await findRedis()];

const isGone = (path: string) =>
  access(path).then(
    () => false,
    () => true,
  );

describe.skipIf(mariaDb.missing)(`findMariaDb${mariaDb.note}`, () => {
  it('asked twice – the same server, another database', async () => {
    const [one, other] = [mariaDb.freshUrl(), (await findMariaDb()).freshUrl()].map((url) => new URL(url));
    expect(other?.host).toBe(one?.host);
    expect(other?.pathname).not.toBe(one?.pathname);
    expect(one?.pathname).toMatch(/^\/test_\w{36}$/);
  });
});

describe.skipIf(s3.missing)(`findS3${s3.note}`, () => {
  it('asked twice – the same server, another bucket', async () => {
    const [one, other] = [s3.freshSettings(), (await findS3()).freshSettings()];
    expect(other.endpoint).toBe(one.endpoint);
    expect(other.bucket).not.toBe(one.bucket);
    expect((await fetch(one.endpoint)).status).toBe(403);
  });
});

describe.skipIf(redis.missing)(`findRedis${redis.note}`, () => {
  it('asked twice – the same server', async () => {
    expect(redis.url()).toMatch(/^redis:\/\//);
    expect((await findRedis()).url()).toBe(redis.url());
  });

  it('one of its own – on the port that is given, with its process id', async () => {
    const port = await freePort();
    const server = await startRedis(port);
    onTestFinished(server.stop);
    expect(new URL(server.url).port).toBe(String(port));
    expect(process.kill(server.pid, 0)).toBe(true);
    await server.stop();
    expect(() => process.kill(server.pid, 0)).toThrow(/ESRCH/);
  });
});

describe('startChild', () => {
  it('its process is killed – the server and its folder go, too', async () => {
    const parent = fork(join(import.meta.dirname, 'test/start-and-wait.ts'), { stdio: 'ignore' });
    onTestFinished(() => {
      parent.kill('SIGKILL');
    });
    const { folder, pid } = await started(parent);
    expect(await isGone(folder)).toBe(false);
    parent.kill('SIGKILL');
    await expect.poll(() => isGone(folder), { timeout: 10_000 }).toBe(true);
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });
});

async function started(parent: ChildProcess): Promise<{ folder: string; pid: number }> {
  const [message] = await once(parent, 'message');
  return message as { folder: string; pid: number };
}

describe('findProgram', () => {
  it('the first folder that has it as a program – wins; a plain file does not count', async () => {
    const folders = await Promise.all([1, 2, 3].map(() => mkdtemp(join(tmpdir(), 'wordcloud-find-'))));
    onTestFinished(async () => {
      for (const folder of folders) await rm(folder, { recursive: true });
    });
    const [, plain = '', program = ''] = folders.map((folder) => join(folder, 'server'));
    await writeFile(plain, '', { mode: 0o644 });
    await writeFile(program, '', { mode: 0o755 });
    expect(findProgram('server', folders)).toBe(program);
    expect(findProgram('other', folders)).toBeUndefined();
  });
});
