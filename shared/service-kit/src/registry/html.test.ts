import { describe, expect, it } from 'vitest';
import { html } from './html.ts';

describe('html', () => {
  it('text – the five signs that mean something are escaped', () => {
    expect(html`<p title="${`"'`}">${'<b>&'} ${3}</p>`.markup).toBe('<p title="&quot;&#39;">&lt;b&gt;&amp; 3</p>');
  });

  it('html, alone or in a list – put in as it is, once', () => {
    const items = ['a', '<'].map((text) => html`<li>${text}</li>`);
    expect(html`${html`<b>${'&'}</b>`}<ul>${items}</ul>`.markup).toBe('<b>&amp;</b><ul><li>a</li><li>&lt;</li></ul>');
  });

  it('no values, an empty list, an empty text – nothing is added', () => {
    expect(html`<hr>`.markup).toBe('<hr>');
    expect(html`<p>${[]}${''}</p>`.markup).toBe('<p></p>');
  });
});
