import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runMain } from '../../scripts/test-servers/run-main.ts';

const MAIN = 'wordcloud-maker/src/main.ts';
const folder = await mkdtemp(join(tmpdir(), 'wordcloud-maker-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the process', () => {
  it('ready though seg and the task service are away; SIGTERM ends it well', async () => {
    const nowhere = 'http://127.0.0.1:1';
    const maker = runMain(MAIN, { DATA_DIR: folder, SEGSVC: nowhere, TASKSVC: nowhere, MAKER_WORKERS: '1' });
    const origin = await maker.ready;
    expect(await (await fetch(`${origin}/readyz`)).json()).toEqual({ status: 'ready' });
    maker.kill('SIGTERM');
    expect((await maker.ended).code).toBe(0);
  });

  it('a wrong setting – named in a sentence, status 1', async () => {
    const { code, stderr } = await runMain(MAIN, { MAKER_WORKERS: '65', SEGSVC: 'http://seg, seg:2' }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('MAKER_WORKERS: "65" is not allowed; give a whole number from 0 to 64');
    expect(stderr).toContain('SEGSVC: "http://seg, seg:2"');
  });
});
