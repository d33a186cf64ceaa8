import { describe, expect, it } from 'vitest';
import { type CountOptions, countWords, type WordCount } from './count-words.ts';

const PLAIN: CountOptions = { minLength: 1, stopwords: [] };

function count(text: string, options: Partial<CountOptions> = {}, most = 40, pieceLength?: number): WordCount[] {
  const counting = countWords(text, { ...PLAIN, ...options }, most, pieceLength);
  for (;;) {
    const step = counting.next();
    if (step.done) return step.value;
  }
}

describe('countWords', () => {
  it('English – by frequency, without function words', () => {
    const words = count('The harbour wakes. The Harbour sings, because the lantern is over the harbour; a lantern!');
    expect(words.slice(0, 2)).toEqual([
      { word: 'harbour', count: 3 },
      { word: 'lantern', count: 2 },
    ]);
    expect(words.map(({ word }) => word)).not.toContain('because');
  });

  it('Chinese – in words, not in characters', () => {
    const words = count('我们去茶馆喝茶。茶馆的雨声,茶馆的故事,故事里有大海。');
    expect(words.slice(0, 2)).toEqual([
      { word: '茶馆', count: 3 },
      { word: '故事', count: 2 },
    ]);
    expect(words.map(({ word }) => word)).not.toContain('我们');
  });

  it('options – stop words and the least length hold here too', () => {
    const text = 'lantern lantern boat boat sea';
    expect(count(text, { stopwords: ['Lantern'] })).toEqual([{ word: 'boat', count: 2 }]);
    expect(count(text, { minLength: 5 })).toEqual([{ word: 'lantern', count: 2 }]);
  });

  it('pieces – cut no word, whatever their length', () => {
    const text = 'harbour lantern lighthouse tomatoes '.repeat(20);
    const whole = count(text);
    for (const pieceLength of [1, 7, 50]) expect(count(text, {}, 40, pieceLength)).toEqual(whole);
  });

  it('numbers, signs and nothing – no words', () => {
    expect(count('12 345 — … 😀')).toEqual([]);
    expect(count('')).toEqual([]);
  });

  it('most – as many as asked for', () => {
    expect(count('alpha beta gamma delta', {}, 2)).toHaveLength(2);
  });
});
