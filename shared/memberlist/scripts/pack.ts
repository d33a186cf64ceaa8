/**
 * Makes the package as npm publishes it: JavaScript with declarations, for those who cannot run TypeScript directly.
 *
 *     node scripts/pack.ts [FOLDER]     writes gossip-memberlist-VERSION.tgz into FOLDER (default: the current one)
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = join(import.meta.dirname, '..');
const output = resolve(process.argv[2] ?? '.');
const stage = mkdtempSync(join(tmpdir(), 'gossip-memberlist-'));
try {
  const tsc = join(root, '../../node_modules/typescript/bin/tsc');
  execFileSync(
    process.execPath,
    [tsc, '--project', join(root, 'tsconfig.build.json'), '--outDir', join(stage, 'dist')],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(join(stage, 'package.json'), JSON.stringify(compiled(manifest), null, 2));
  for (const file of ['README.md', 'docs']) cpSync(join(root, file), join(stage, file), { recursive: true });
  cpSync(join(root, '../../LICENSE'), join(stage, 'LICENSE'));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', output], { cwd: stage, stdio: 'inherit' });
} finally {
  rmSync(stage, { recursive: true, force: true });
}

/** The manifest with the compiled files in the place of the sources. */
function compiled(manifest: Record<string, unknown>): Record<string, unknown> {
  const javascript = (path: string) => path.replace('./src/', './dist/').replace(/\.ts$/, '.js');
  const entries = Object.entries(manifest.exports as Record<string, string>).map(([name, path]) => [
    name,
    { types: javascript(path).replace(/\.js$/, '.d.ts'), default: javascript(path) },
  ]);
  const bin = Object.entries(manifest.bin as Record<string, string>).map(([name, path]) => [name, javascript(path)]);
  return { ...manifest, exports: Object.fromEntries(entries), bin: Object.fromEntries(bin) };
}
