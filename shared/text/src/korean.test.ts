import { describe, expect, it } from 'vitest';
import { koreanStems } from './korean.ts';

const stems = (...words: string[]) => Object.fromEntries(koreanStems(new Map(words.map((word) => [word, 1]))));

describe('koreanStems', () => {
  it('a word with two particles – is one word', () => {
    expect(stems('공원에서', '공원에는')).toEqual({ 공원에서: '공원', 공원에는: '공원' });
  });

  it('a word alone and with a particle – is one word', () => {
    expect(stems('커피', '커피를')).toEqual({ 커피를: '커피' });
  });

  it('what might be a particle, once – stays', () => {
    expect(stems('고양이', '날씨가')).toEqual({});
  });

  it('a particle that cannot follow this sound – is none', () => {
    expect(stems('커피', '커피을')).toEqual({});
  });
});
