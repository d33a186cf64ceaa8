import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['letters and marks', 'cafe\u0301', 'caf\u00e9'],
    ['soft hyphens and zero-width spaces', 'Stra\u00adßen\u200bbahn\ufeff', 'Straßenbahn'],
    ['direction marks', '\u202bשלום\u202c', 'שלום'],
    ['full-width letters', 'Ｈｅｌｌｏ２', 'Hello2'],
    ['half-width kana', 'ﾃｽﾄ', 'テスト'],
    ['ligatures of a PDF', 'ﬁnd ﬂour', 'find flour'],
    ['entities of HTML', 'don&#39;t &amp; it&rsquo;s&nbsp;tea', "don't   it's tea"],
    ['addresses', 'see https://example.org/a?b=c and ada@example.org!', 'see   and  !'],
  ])('%s – %j – cleaned', (_name, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('more marks than any writing puts on a letter – the rest is left out', () => {
    expect(cleanText(`e${'\u0323\u0301'.repeat(1000)}x`).length).toBeLessThan(40);
  });
});
