import { mergeConfig } from 'vite';
import { defineProject } from 'vitest/config';
import viteConfig from './vite.config.ts';

/** The tests of the page need what builds the page. The root's configuration takes this folder as a project. */
export default mergeConfig(
  viteConfig,
  defineProject({ test: { name: 'wordcloud-ui', testTimeout: 20_000, hookTimeout: 60_000 } }),
);
