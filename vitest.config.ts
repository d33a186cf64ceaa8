import { defineConfig } from 'vitest/config';

/** One runner for everything. Each workspace is a project; `make test` runs them all. */
export default defineConfig({
  test: {
    projects: ['shared/*', 'wordcloud-*', 'scripts', 'e2e'],
    globalSetup: './scripts/test-servers/global-setup.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
