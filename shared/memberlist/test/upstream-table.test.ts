import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const table = readFileSync(join(root, 'docs', 'upstream-tests.md'), 'utf8');
const rows = [...table.matchAll(/^\| `(Test[^|]+)` \| `([^`]+)` \| (.+) \|$/gm)].map(([, upstream, file, title]) => ({
  upstream: upstream!,
  file: file!,
  title: title!,
}));

describe("the table of upstream's tests", () => {
  it('has a row for each of them', () => {
    expect(rows.length).toBeGreaterThan(120);
  });

  it.each(rows)('$upstream – $file has its test', ({ file, title }) => {
    const source = readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'");
    expect(source).toContain(title);
  });
});
