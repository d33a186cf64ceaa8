import { describe, expect, it } from 'vitest';
import { extractText } from './extract-text.ts';
import { MAX_DEPTH } from './limits.ts';

const read = (html: string | Uint8Array, filename = 'page.html') =>
  extractText(typeof html === 'string' ? Buffer.from(html) : html, { filename });

describe('HTML', () => {
  it('a page – what a reader sees, in order, blocks on lines, cells apart', async () => {
    const { text, title, format, encoding } =
      await read(`<!doctype html><html><head><title>The light&shy;house &amp; sea</title>
      <style>p { color: red }</style><script>let hidden = "<p>no</p>";</script></head><body>
      <nav>Home Contact</nav><div role="navigation">Crumbs</div><h1>Light</h1>
      <p>The <b>k</b>eeper&rsquo;s
         lamp<br>shines.<p hidden>secret</p><p style="color:red; display: none">secret</p><span aria-hidden="true">icon</span>
      <table><tr><td>Ship<td>Lantern</tr><tr><td>Harbour</td><td>Storm</td></tr></table>
      <ul><li>one<li>two</ul><pre>  a  b</pre><noscript>enable</noscript><button>Buy</button></body></html>`);
    expect(text).toBe('Light\nThe keeper’s lamp\nshines.\nShip\tLantern\nHarbour\tStorm\none\ntwo\n  a  b');
    expect({ title, format, encoding }).toEqual({
      title: 'The light\u00adhouse & sea',
      format: 'html',
      encoding: 'utf-8',
    });
  });

  it('Chinese – a line break in the source is no space, the readings of ruby are left out', async () => {
    const { text } = await read(
      '<html><p>灯塔的看守\n    人<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby> and\n words</p></html>',
    );
    expect(text).toBe('灯塔的看守人漢字 and words');
  });

  it.each([
    ['big5', 'a44fb6f0', '力塔'],
    ['iso-2022-jp', '1b2442456c40 5e1b2842'.replace(' ', ''), '東洗'],
    ['windows-1251', 'ece0ffea', 'маяк'],
  ])('meta charset=%s – counts, even for a word or two', async (charset, hex) => {
    const bytes = Buffer.concat([Buffer.from(`<!DOCTYPE html><meta charset=${charset}><p>`), Buffer.from(hex, 'hex')]);
    const { text, encoding } = await read(bytes);
    expect(encoding).toBe(charset);
    expect(text).toBe(new TextDecoder(charset).decode(Buffer.from(hex, 'hex')));
  });

  it('a wrong meta charset – valid UTF-8 is UTF-8; UTF-16 needs none', async () => {
    const html = '<!doctype html><meta charset="gb2312"><p>灯塔的看守人</p>';
    expect(await read(html)).toMatchObject({ text: '灯塔的看守人', encoding: 'utf-8' });
    expect(await read(Buffer.from(`\ufeff${html}`, 'utf16le'), '')).toMatchObject({
      text: '灯塔的看守人',
      format: 'html',
      encoding: 'utf-16le',
    });
  });

  it('a piece of a page – known by its name or type', async () => {
    expect((await read('<p>words <i>of</i> it')).text).toBe('words of it');
    const { text } = await extractText(Buffer.from('<p>words'), { type: 'text/html; charset=utf-8' });
    expect(text).toBe('words');
  });

  it('deeply nested – refused at once', async () => {
    const fine = '<div>'.repeat(MAX_DEPTH - 1);
    expect((await read(`${fine}words`)).text).toBe('words');
    await expect(read('<div>'.repeat(1_000_000))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('entities of its own – are not expanded, and nothing is fetched', async () => {
    const { text } = await read(
      '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "boom"><!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&a;&x; words</p></html>',
    );
    expect(text).toContain('&a;&x; words');
    expect(text).not.toMatch(/boom|root:/);
  });
});
