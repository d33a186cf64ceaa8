import { expect, it } from 'vitest';
import { prefersHtml } from './media-range.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

it.each([
  [BROWSER],
  ['text/html'],
  ['TEXT/HTML; Q=0.2'],
  ['text/*'],
  ['text/html, application/json;q=0.9'],
  ['application/json;q=0, */*'],
  ['text/html;level=1;q=0.5, application/json;q=x'],
])('%s – a page', (accept) => {
  expect(prefersHtml(accept)).toBe(true);
});

it.each([
  [undefined],
  [''],
  ['*/*'],
  ['application/json'],
  ['application/*'],
  ['text/html;q=0.5, application/json'],
  ['text/html;q=0.5, */*'],
  ['text/html, application/json'],
  ['image/png'],
  ['text/html;q=2'],
  [';;q=,,'],
])('%s – data', (accept) => {
  expect(prefersHtml(accept)).toBe(false);
});
