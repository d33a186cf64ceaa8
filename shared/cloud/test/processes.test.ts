/** The same bytes everywhere: in other processes, in worker threads, on a machine without fonts. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { HashLine } from './print-hashes.ts';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('print-hashes.ts', import.meta.url));
const TIMEOUT = 120_000;

interface Made {
  /** Font families of the machine. */
  families: number;
  /** What each thread made, by name. */
  lines: HashLine[];
}

async function make(threads: number, [command, ...before]: string[] = [process.execPath]): Promise<Made> {
  const { stdout } = await run(command!, [...before, PROGRAM, String(threads)]);
  const [families, ...lines] = stdout.trim().split('\n');
  const read = lines.map((line) => JSON.parse(line) as HashLine);
  return { families: Number(families), lines: read.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** Where fontconfig looks, of what there is. */
const FONT_FOLDERS = [
  ...['/usr/share/fonts', '/usr/local/share/fonts', '/usr/share/X11/fonts', '/etc/fonts', '/var/cache/fontconfig'],
  ...['.fonts', '.local/share/fonts', '.cache/fontconfig', '.config/fontconfig'].map((name) => join(homedir(), name)),
].filter(existsSync);

/** Runs what follows where these folders are empty, seen by nobody else (Linux's mount namespaces). */
const withoutFonts = [
  ...['unshare', '--map-root-user', '--mount', 'sh', '-ec'],
  'while [ "$1" != -- ]; do mount -t tmpfs tmpfs "$1"; shift; done; shift; exec "$@"',
  ...['sh', ...FONT_FOLDERS, '--', process.execPath],
];

function whyNot(): string {
  try {
    const [command, ...rest] = withoutFonts;
    execFileSync(command!, [...rest, '--version'], { stdio: 'pipe' });
    return '';
  } catch (error) {
    return ` [skipped: no mount namespace: ${String((error as Error).message)
      .trim()
      .split('\n')
      .at(-1)}]`;
  }
}
const note = whyNot();
if (note) console.warn(`The test on a machine without fonts is left out:${note}`);

describe('the same words, options and seed', () => {
  it('three processes with one worker thread and with two – the same bytes', { timeout: TIMEOUT }, async () => {
    const expected = await make(1);
    expect(new Set(expected.lines.map(({ png }) => png)).size).toBe(5);
    for (const threads of [1, 2, 1, 2, 2]) {
      const { lines } = await make(threads);
      expect(lines).toEqual(expected.lines.flatMap((line) => Array<HashLine>(threads).fill(line)));
    }
  });

  it.skipIf(note !== '')(`a machine without fonts – the same bytes${note}`, { timeout: TIMEOUT }, async () => {
    const [there, here] = [await make(1, withoutFonts), await make(1)];
    expect(there.families).toBe(0);
    expect(there.lines).toEqual(here.lines);
    const scripts = there.lines.find(({ name }) => name === 'scripts and emoji')!;
    // Chinese, Arabic, Hebrew, Thai, emoji and all others are drawn; what no font has is told, never a box.
    expect(scripts.skipped.map(({ word, reason }) => [word, reason])).toEqual([
      ['tea\u{13000}', 'no-glyph'],
      ['\u{13000}', 'no-glyph'],
    ]);
    expect(scripts.placed).toBe(26);
  });
});
