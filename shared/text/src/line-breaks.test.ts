import { describe, expect, it } from 'vitest';
import { joinBrokenWords, joinLines } from './line-breaks.ts';

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

describe('joinLines', () => {
  const line = '春天的时候我们常常在公园里散步看花';
  it.each([
    ['lines of one width', `${line}图书\n馆${line}\n${line}晚饭`, `${line}图书馆${line}${line}晚饭`],
    ['with other ends of lines, indented', `${line}\r\n  ${line}`, `${line}${line}`],
    ['a line that ends with a sign', `${line}。\n${line}`, undefined],
    ['a paragraph that begins with a wide space, a blank line', `${line}\n　${line}\n\n${line}`, undefined],
    ['short lines', '学生\n老师\n图书', undefined],
    ['headlines', `${line}\n${line}和晚饭\n${line}和晚饭以及早饭\n${line}然后大家一起去图书馆看书\n${line}`, undefined],
    ['Latin letters', 'a line of many words\nand another one of them', undefined],
  ])('%s – %j', (_name, text, joined) => {
    expect(joinLines(text)).toBe(joined ?? text);
  });
});
