import { LIMITS } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { useRemovals } from './removals.ts';

const CHOICES = { limits: LIMITS };

describe('useRemovals', () => {
  it('removes each word once, in order', () => {
    const removals = useRemovals();
    for (const word of ['sea', 'ship', 'sea']) removals.remove(word);
    expect(removals.words.value).toEqual(['sea', 'ship']);
    expect(removals.isRemoved.value('sea')).toBe(true);
    expect(removals.isRemoved.value('island')).toBe(false);
  });

  it('restore – one word, or the last one', () => {
    const removals = useRemovals();
    for (const word of ['sea', 'ship', 'island']) removals.remove(word);
    removals.restore('sea');
    expect(removals.words.value).toEqual(['ship', 'island']);
    removals.restore();
    expect(removals.words.value).toEqual(['ship']);
    expect(removals.isRemoved.value('island')).toBe(false);
    removals.clear();
    removals.restore();
    expect(removals.words.value).toEqual([]);
  });

  it('stopwords – after those of the last layout, none twice', () => {
    const removals = useRemovals();
    removals.remove('ship');
    removals.remove('chapter');
    expect(removals.stopwords(['chapter', 'page'], CHOICES)).toEqual(['chapter', 'page', 'ship']);
  });
});
