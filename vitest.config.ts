import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';

const folders = globSync(['shared/*', 'wordcloud-*', 'scripts', 'e2e', 'deploy/*'], {
  cwd: import.meta.dirname,
  // It has a configuration of its own: what builds the page.
  exclude: ['wordcloud-ui'],
});

/** One runner for everything. Each workspace is a project, named as its folder; `make test` runs them all. */
export default defineConfig({
  test: {
    globalSetup: './scripts/test-servers/global-setup.ts',
    // A project has only the options that it is given or extends.
    projects: [
      ...folders.map((root) => ({
        test: { name: basename(root), root, testTimeout: 20_000, hookTimeout: 60_000 },
      })),
      'wordcloud-ui',
    ],
  },
});
