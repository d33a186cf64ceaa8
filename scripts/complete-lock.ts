/**
 * Completes package-lock.json: some registries lack platform packages of other systems (biome for macOS, say), `npm install`
 * then leaves them out and `npm ci` refuses the lock file. Each missing optional dependency gets an entry with its version,
 * so that the file is whole on every registry. `--check` only reports, with exit status 1 when something is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface LockEntry {
  version?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockEntry> };

/** What a platform package is for, read from its name: `@biomejs/cli-linux-x64-musl` → linux, x64, musl. */
function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
  const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
  const cpus: Record<string, string> = {
    arm64: 'arm64',
    x64: 'x64',
    arm: 'arm',
    ia32: 'ia32',
    riscv64: 'riscv64',
    s390x: 's390x',
    ppc64: 'ppc64',
  };
  const words = name.split('/').at(-1)?.split('-') ?? [];
  const os = words.find((word) => systems.includes(word));
  const cpu = words.find((word) => word in cpus);
  return {
    ...(cpu && { cpu: [cpu] }),
    ...(words.includes('musl') ? { libc: ['musl'] } : words.includes('gnu') ? { libc: ['glibc'] } : {}),
    ...(os && { os: [os] }),
  };
}

const missing: string[] = [];
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (`node_modules/${name}` in lock.packages) continue;
    missing.push(`${name}@${version}`);
    lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), optional: true };
  }
}
const addresses = Object.entries(lock.packages).filter(([, entry]) => entry.resolved?.startsWith('http'));

if (process.argv.includes('--check')) {
  for (const name of missing) console.error(`package-lock.json lacks ${name}: run \`npm run lock\``);
  for (const [name] of addresses) console.error(`package-lock.json holds a download address for ${name}`);
  if (missing.length + addresses.length > 0) process.exitCode = 1;
} else {
  const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
  console.log(missing.length === 0 ? 'package-lock.json is complete' : `added ${missing.length} platform packages`);
}
