import { PALETTES as ENGINE_PALETTES } from '@wordcloud/cloud';
import { PALETTES as ANNOUNCED } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { PALETTES, readableColors, swatch } from './palettes.ts';

describe('palettes', () => {
  it('colours – the same as those of the engine', () => {
    expect(PALETTES).toEqual(ENGINE_PALETTES);
    expect(Object.keys(PALETTES)).toEqual([...ANNOUNCED]);
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
