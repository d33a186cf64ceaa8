import { describe, expect, it } from 'vitest';
import { joinBrokenWords } from './line-breaks.ts';

describe('joinBrokenWords', () => {
  it.each([
    ['an exam-\nple of it', 'an example of it'],
    ['an exam- \r\n  ple of it', 'an example of it'],
    ['an exam‐\nple of it', 'an example of it'],
    ['an exam\u00ad\nple of it', 'an example of it'],
    ['well-known, so well-\nknown', 'well-known, so well-known'],
    ['a mother-in-\nlaw', 'a mother-in-law'],
    ['two-\nand three-word', 'two-\nand three-word'],
    ['Vor-\nund Nachteile', 'Vor-\nund Nachteile'],
    ['he stopped--\nthen went', 'he stopped--\nthen went'],
    ['Anglo-\nSaxon', 'Anglo-\nSaxon'],
    ['a list:\n- one\n- two', 'a list:\n- one\n- two'],
    ['Stra-\nße, exám-\nplé', 'Straße, exámplé'],
  ])('%j', (text, joined) => {
    expect(joinBrokenWords(text)).toBe(joined);
  });
});
