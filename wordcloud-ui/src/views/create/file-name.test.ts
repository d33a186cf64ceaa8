import { describe, expect, it } from 'vitest';
import { cloudFileName } from './file-name.ts';

describe('cloudFileName', () => {
  it.each([
    ['alice.txt', 'alice-wordcloud.png'],
    ['The Harbour in the Morning', 'The-Harbour-in-the-Morning-wordcloud.png'],
    ['雨巷茶馆', '雨巷茶馆-wordcloud.png'],
    ['report v1.2.md', 'report-v1-2-wordcloud.png'],
    ['../../etc/passwd', 'etc-passwd-wordcloud.png'],
    ['a<b>:"c"|d?*', 'a-b-c-d-wordcloud.png'],
    ['CON', 'CON-wordcloud.png'],
    ['...', 'wordcloud.png'],
    ['', 'wordcloud.png'],
    ['line\none\u202etxt', 'line-one-txt-wordcloud.png'],
  ])('%j → %s', (title, name) => {
    expect(cloudFileName(title, 'png')).toBe(name);
  });

  it('a long title – cut between characters', () => {
    expect(cloudFileName('🌊'.repeat(100), 'svg')).toBe(`${'🌊'.repeat(60)}-wordcloud.svg`);
  });
});
