import { DEFAULT_OPTIONS } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { changedOptions, countChanged } from './option-groups.ts';

const usual = structuredClone({ ...DEFAULT_OPTIONS });

describe('option groups', () => {
  it('the usual options – nothing is changed, also in other lists of the same', () => {
    expect(countChanged(structuredClone(usual), usual)).toBe(0);
    expect(changedOptions(structuredClone(usual), usual)).toEqual({});
  });

  it('turning – is one thing, whether by name or by angles', () => {
    const options = { ...usual, rotation: 'free' as const, angles: [5], strict: true, phrases: true };
    expect(countChanged(options, usual)).toBe(3);
    expect(countChanged(options, usual, ['type'])).toBe(2);
    expect(countChanged(options, usual, ['words'])).toBe(1);
  });

  it('what is in view anyway – is not counted, but sent', () => {
    const options = { ...usual, shape: 'heart' as const, width: 800 };
    expect(countChanged(options, usual)).toBe(0);
    expect(changedOptions(options, usual)).toEqual({ shape: 'heart', width: 800 });
  });
});
