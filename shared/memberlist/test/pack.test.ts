import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pack-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('the package for npm – installs by itself, runs as JavaScript, has types, a command and no dependency', async () => {
  await run(process.execPath, [join(root, 'scripts', 'pack.ts'), folder]);
  const [archive] = await readdir(folder);
  expect(archive).toMatch(/^gossip-memberlist-\d+\.\d+\.\d+\.tgz$/);
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', archive!], { cwd: folder });
  expect(await readdir(join(folder, 'node_modules'))).toEqual(expect.arrayContaining(['gossip-memberlist']));

  const program = `
    import { Memberlist } from 'gossip-memberlist';
    import { Simulation } from 'gossip-memberlist/simulation';
    const node = await Memberlist.create({ name: 'a', bind: { address: '127.0.0.1', port: 0 } });
    const simulated = await new Simulation({ seed: 1 }).cluster(3);
    console.log(node.members().length, simulated.length);
    await node.close();
  `;
  await writeFile(join(folder, 'program.js'), program);
  expect((await run(process.execPath, ['program.js'], { cwd: folder })).stdout).toBe('1 3\n');

  const packed = join(folder, 'node_modules', 'gossip-memberlist');
  expect((await readdir(packed)).toSorted()).toEqual(['LICENSE', 'README.md', 'dist', 'docs', 'package.json']);
  expect(await readdir(join(packed, 'dist'))).toEqual(expect.arrayContaining(['index.js', 'index.d.ts']));
  const decoded = await run(join(folder, 'node_modules', '.bin', 'gossip-memberlist'), [
    'decode',
    '0b81a55365714e6f01',
  ]);
  expect(JSON.parse(decoded.stdout)).toEqual({ messages: [{ type: 'nack', fields: { SeqNo: 1 } }], layers: [] });
}, 120_000);
