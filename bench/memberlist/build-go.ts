/** Builds the Go side of the benchmark, in the cache folder. */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, lastLine, run, type Skipped } from '../../shared/memberlist/interop/programs.ts';

export interface GoBench {
  path: string;
  /** Of memberlist. */
  version: string;
}

const MODULE = 'github.com/hashicorp/memberlist';
const SOURCES = join(import.meta.dirname, 'go');
const CACHE = join(import.meta.dirname, '..', '..', '.cache', 'memberlist-bench');
const COPY = join(CACHE, 'memberlist');
const BUILD_TIMEOUT_MS = 300_000;

/**
 * The operations of the codec are not exported by memberlist, so a copy of its sources gets one more file, `go/codec/codec.go`,
 * and takes the module's place. Nothing in it is changed.
 *
 * @returns the program, or why it cannot be had: Go or the module proxy is missing
 */
export async function buildGoBench(): Promise<GoBench | Skipped> {
  const go = findProgram('go');
  if (go === undefined) return { skipped: 'Go is missing' };
  const inSources = (...parameters: string[]) =>
    run(go, parameters, {
      cwd: SOURCES,
      env: { ...process.env, CGO_ENABLED: '0' },
      timeout: BUILD_TIMEOUT_MS,
    }).then(({ stdout }) => stdout.trim());
  try {
    await mkdir(CACHE, { recursive: true });
    await inSources('mod', 'download', MODULE);
    const [folder, version] = (await inSources('list', '-m', '-f', '{{.Dir}}\n{{.Version}}', MODULE)).split('\n');
    await copySources(folder!);
    const modFile = join(CACHE, 'go-bench.mod');
    const pinned = await readFile(join(SOURCES, 'go.mod'), 'utf8');
    await writeFile(modFile, `${pinned}\nreplace ${MODULE} => ${COPY}\n`);
    await cp(join(SOURCES, 'go.sum'), join(CACHE, 'go-bench.sum'));
    const path = join(CACHE, 'go-bench');
    await inSources('build', `-modfile=${modFile}`, '-tags', 'codec', '-trimpath', '-buildvcs=false', '-o', path, '.');
    return { path, version: version! };
  } catch (error) {
    return { skipped: lastLine(error) };
  }
}

/** Without its tests, which need more modules. The module cache is read-only, the copy is not. */
async function copySources(folder: string): Promise<void> {
  await rm(COPY, { recursive: true, force: true });
  await mkdir(COPY, { recursive: true });
  for (const name of await readdir(folder)) {
    const isWanted = (name.endsWith('.go') && !name.endsWith('_test.go')) || name === 'go.mod' || name === 'go.sum';
    if (isWanted) await writeFile(join(COPY, name), await readFile(join(folder, name)));
  }
  await cp(join(SOURCES, 'codec', 'codec.go'), join(COPY, 'bench_operations.go'));
}
