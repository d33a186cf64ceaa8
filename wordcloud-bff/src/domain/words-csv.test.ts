import { describe, expect, it } from 'vitest';
import { wordsToCsv } from './words-csv.ts';

const row = (word: string) => ({ word, count: 3, pos: null, weight: 0.5, placed: true });

describe('wordsToCsv', () => {
  it('no words – the heading', () => {
    expect(wordsToCsv([])).toBe('word,count,pos,weight,placed\r\n');
  });

  it('two texts that are compared – two columns more', () => {
    const rows = [{ ...row('tea'), other: 0, logRatio: -2.5 }];
    expect(wordsToCsv(rows)).toBe('word,count,pos,weight,placed,other,logRatio\r\ntea,3,,0.5,true,0,-2.5\r\n');
  });

  it.each([
    ['whale', 'whale'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['鲸鱼', '鲸鱼'],
  ])('%j – %j', (word, field) => {
    expect(wordsToCsv([row(word)])).toBe(`word,count,pos,weight,placed\r\n${field},3,,0.5,true\r\n`);
  });
});
