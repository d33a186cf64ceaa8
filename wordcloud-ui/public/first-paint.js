// Before the first paint, so that nothing flashes: the theme and the language that are remembered, or that the browser wants.
// The keys are those of src/theme.ts and src/i18n/index.ts. It is a file of its own because the page allows no inline script.
(() => {
  const root = document.documentElement;
  let theme = null;
  let locale = null;
  try {
    theme = localStorage.getItem('wordcloud-theme');
    locale = localStorage.getItem('wordcloud-locale');
  } catch {
    // Storage is switched off: as the browser wants.
  }
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.classList.toggle('dark', dark);
  root.lang = (locale ?? navigator.language).startsWith('zh') ? 'zh-CN' : 'en';
})();
