import { PALETTES as ENGINE_PALETTES } from '@wordcloud/cloud';
import { PALETTES as ANNOUNCED } from '@wordcloud/contracts';
import { weighCompared } from '@wordcloud/text';
import { describe, expect, it } from 'vitest';
import { COMPARISON_COLORS, PALETTES, readableColors, swatch } from './palettes.ts';

describe('palettes', () => {
  it('colours – the same as those of the engine', () => {
    expect(PALETTES).toEqual(ENGINE_PALETTES);
    expect(Object.keys(PALETTES)).toEqual([...ANNOUNCED]);
  });

  it('colours of a comparison – the same as those of the engine, in its order', () => {
    const words = Array.from({ length: 61 }, (_, i) => ({ word: String(i), a: 1, b: 1, logRatio: 3 - i / 10, g2: 0 }));
    const weighed = weighCompared(words, { tokens: 1 }, { tokens: 1 });
    const inOrder = weighed.toSorted((x, y) => y.logRatio - x.logRatio).map(({ color }) => color);
    expect([...new Set(inOrder)]).toEqual([...COMPARISON_COLORS]);
  });

  it('an unknown name – still has colours', () => {
    expect(swatch('of tomorrow').length).toBeGreaterThan(0);
  });

  it('readableColors – unchanged where they can be seen, mixed where not', () => {
    expect(readableColors('mono', '#ffffff')).toEqual([...PALETTES.mono!]);
    expect(readableColors('mono', '#111827')).not.toEqual([...PALETTES.mono!]);
    expect(readableColors('pastel', 'transparent')).toEqual(readableColors('pastel', '#ffffff'));
  });
});
