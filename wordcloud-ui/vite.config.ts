import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** How the page is built. `server/build.ts` runs it; `vite wordcloud-ui` serves it while someone works on it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue(), tailwindcss()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    target: 'es2022',
    // Every browser of the target has module preload; the polyfill would be dead weight.
    modulePreload: { polyfill: false },
    // A data: URL would be copied into every file that names the asset.
    assetsInlineLimit: 0,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: { port: 3101, strictPort: true, proxy: { '/api': process.env.BFFSVC || 'http://127.0.0.1:6060' } },
});
