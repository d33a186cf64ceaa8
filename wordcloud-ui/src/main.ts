/** The start of the page. */
import '@/styles.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { i18n, initialLocale, showLocale } from './i18n/index.ts';
import { createAppRouter } from './router.ts';
import { startTheme } from './theme.ts';

// Several bundles of this origin may be open during an update: a chunk that is gone is fetched by loading the page anew.
startTheme();
const app = createApp(App).use(createPinia()).use(i18n);
await showLocale(initialLocale());
app.use(createAppRouter()).mount('#app');
