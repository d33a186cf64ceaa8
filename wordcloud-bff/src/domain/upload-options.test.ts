import { describe, expect, it } from 'vitest';
import { optionsFromFields } from './upload-options.ts';

const read = (fields: Record<string, string>) => optionsFromFields(new Map(Object.entries(fields)));

describe('optionsFromFields', () => {
  it('numbers – become numbers; what is none stays as it is, for the check to name', () => {
    expect(read({ top: '50', width: ' 640 ', seed: '-1', height: '1.5' })).toEqual({
      ...{ top: 50, width: 640, seed: -1, height: 1.5 },
    });
    for (const top of ['many', '5px', '0x10', '1e3', 'NaN', 'Infinity', '٥']) expect(read({ top })).toEqual({ top });
  });

  it('an empty field – counts as left out', () => {
    expect(read({ top: '', lang: ' ', stopwords: '' })).toEqual({});
  });

  it('words – separated by commas of any script or white space', () => {
    expect(read({ stopwords: 'the, of\n和，的、了;x；y' })).toEqual({
      stopwords: ['the', 'of', '和', '的', '了', 'x', 'y'],
    });
  });

  it('unknown fields – handed on, even empty or named like what every object has', () => {
    expect(read({ colour: 'red', size: '' })).toEqual({ colour: 'red', size: '' });
    expect(read({ constructor: 'x', toString: '' })).toEqual({ constructor: 'x', toString: '' });
  });
});
