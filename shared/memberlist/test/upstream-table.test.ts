import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const table = readFileSync(join(root, 'docs', 'upstream-tests.md'), 'utf8');

/** How many tests each of upstream's files has, the disabled ones included. */
const COUNTS = {
  'util_test.go': 16,
  'security_test.go': 3,
  'keyring_test.go': 6,
  'label_test.go': 5,
  'config_test.go': 2,
  'awareness_test.go': 1,
  'broadcast_test.go': 2,
  'logging_test.go': 2,
  'queue_test.go': 6,
  'suspicion_test.go': 4,
  'net_test.go': 16,
  'state_test.go': 45,
  'memberlist_test.go': 36,
  'transport_test.go': 3,
  'integ_test.go': 1,
  'internal/retry': 1,
};

const sections = table.split(/^\| \*\*/m).slice(1);
/** Upstream's file, its tests, and where ours are. */
const rows = sections.flatMap((section) => {
  const upstreamFile = /^([^*]+)\*\*/.exec(section)![1]!;
  return [...section.matchAll(/^\| `([^|]+)` \| (?:`([^`]+)`)? \| (.+) \|$/gm)].map(([, upstream, file, title]) => ({
    upstreamFile,
    upstream: upstream!,
    file,
    title: title!,
  }));
});

/** `TestA (one part)` and `TestA (another)` are one test, `TestA, _B` are two. */
const testsOf = (upstreamFile: string) =>
  new Set(
    rows
      .filter((row) => row.upstreamFile === upstreamFile)
      .flatMap(({ upstream }) => upstream.replace(/ \(.*\)$/, '').split(', ')),
  );

describe("the table of upstream's tests", () => {
  it.each(Object.entries(COUNTS))('%s – %i tests', (upstreamFile, count) => {
    expect([...testsOf(upstreamFile)]).toHaveLength(count);
  });

  it('has a row for each of them, and no file that upstream has not', () => {
    expect(sections).toHaveLength(Object.keys(COUNTS).length);
  });

  it.each(rows.filter(({ file }) => file))('$upstream – $file has its test', ({ file, title }) => {
    const source = readFileSync(join(root, file!), 'utf8').replaceAll("\\'", "'");
    const isTitle = [`'`, '"', '`'].some((quote) => {
      const at = source.indexOf(`${quote}${title}${quote}`);
      return at >= 0 && source.slice(0, at).trimEnd().endsWith('(');
    });
    expect(isTitle).toBe(true);
  });
});
