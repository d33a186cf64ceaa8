/** Builds the Go peer, once for all test files: the program stays in the cache folder until its sources or Go change. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLockFile } from './lock-file.ts';
import { findProgram, install, lastLine, run, type Skipped } from './programs.ts';

export interface GoPeer {
  path: string;
  /** Of memberlist, as the module proxy or Debian's package names it. */
  version: string;
  /** Since 0.3.0. */
  hasLabels: boolean;
}

/** `newest` is the version that `go-peer/go.mod` pins, or Debian's where the module proxy is out of reach. */
export type GoSource = 'newest' | 'debian';

const SOURCES = join(import.meta.dirname, 'go-peer');
const CACHE = join(import.meta.dirname, '..', '..', '..', '.cache', 'memberlist-interop');
const DEBIAN_PACKAGE = 'golang-github-hashicorp-memberlist-dev';
const DEBIAN_GOPATH = '/usr/share/gocode';
const DEBIAN_SOURCES = join(DEBIAN_GOPATH, 'src/github.com/hashicorp/memberlist');
const BUILD_TIMEOUT_MS = 180_000;
/** A build that failed is not tried again by the other test files of the same run. */
const FAILURE_AGE_MS = 60_000;

/** @returns the built program, or why it cannot be had */
export async function buildGoPeer(source: GoSource = 'newest'): Promise<GoPeer | Skipped> {
  let go = findProgram('go');
  if (go === undefined) {
    const refused = await install('memberlist');
    go = findProgram('go');
    if (go === undefined) return { skipped: `Go is missing (${refused})` };
  }
  await mkdir(CACHE, { recursive: true });
  const path = join(CACHE, `go-peer-${source}-${await fingerprint(go)}`);
  const kept = await readRecord(path);
  if (kept) return kept;
  return withLockFile(`${path}.lock`, async () => {
    const builtMeanwhile = await readRecord(path);
    if (builtMeanwhile) return builtMeanwhile;
    const built = source === 'newest' ? await buildNewest(go, path) : await buildDebian(go, path);
    // Others read without the lock: the record appears whole, too.
    await writeFile(`${path}.json.new`, JSON.stringify({ ...built, at: Date.now() }));
    await rename(`${path}.json.new`, `${path}.json`);
    return built;
  });
}

async function fingerprint(go: string): Promise<string> {
  const hash = createHash('sha256').update((await run(go, ['version'])).stdout);
  for (const name of (await readdir(SOURCES)).toSorted()) hash.update(name).update(await readFile(join(SOURCES, name)));
  return hash.digest('hex').slice(0, 12);
}

async function readRecord(path: string): Promise<GoPeer | Skipped | undefined> {
  const text = await readFile(`${path}.json`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { at, ...record } = JSON.parse(text) as (GoPeer | Skipped) & { at: number };
  const isGood = 'path' in record ? existsSync(record.path) : Date.now() - at < FAILURE_AGE_MS;
  return isGood ? record : undefined;
}

async function buildNewest(go: string, path: string): Promise<GoPeer | Skipped> {
  try {
    await build(go, path, [], {});
  } catch (error) {
    const other = await buildDebian(go, path);
    return 'path' in other ? other : { skipped: `${lastLine(error)}; ${other.skipped}` };
  }
  const required = await readFile(join(SOURCES, 'go.mod'), 'utf8');
  return { path, version: /hashicorp\/memberlist (\S+)/.exec(required)![1]!, hasLabels: true };
}

/** In GOPATH mode, which Go still has: Debian's packages are one GOPATH, without a go.mod in most of them. */
async function buildDebian(go: string, path: string): Promise<GoPeer | Skipped> {
  if (!existsSync(DEBIAN_SOURCES)) {
    const refused = await install('memberlist');
    if (refused !== undefined) return { skipped: `Debian's ${DEBIAN_PACKAGE} is missing (${refused})` };
  }
  const version = await run('dpkg-query', ['-W', '-f', `\${Version}`, DEBIAN_PACKAGE])
    .then(({ stdout }) => `${stdout} of Debian`)
    .catch(() => 'of Debian');
  const hasLabels = existsSync(join(DEBIAN_SOURCES, 'label.go'));
  const flags = [...(hasLabels ? [] : ['-tags', 'nolabel']), '-ldflags', `-X 'main.version=${version}'`];
  try {
    await build(go, path, flags, { GO111MODULE: 'off', GOPATH: DEBIAN_GOPATH, GOFLAGS: '' });
    return { path, version, hasLabels };
  } catch (error) {
    return { skipped: lastLine(error) };
  }
}

/** The program appears whole, or not at all. */
async function build(go: string, path: string, flags: string[], env: Record<string, string>): Promise<void> {
  const unfinished = `${path}.new`;
  await run(go, ['build', '-trimpath', '-buildvcs=false', ...flags, '-o', unfinished, '.'], {
    cwd: SOURCES,
    env: { ...process.env, CGO_ENABLED: '0', ...env },
    timeout: BUILD_TIMEOUT_MS,
  });
  await rename(unfinished, path);
}
