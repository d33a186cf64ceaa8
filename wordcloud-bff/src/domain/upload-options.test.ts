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

  it('numbers that may be left to the engine – the same', () => {
    expect(read({ margin: '2.5', maxFontSize: ' 90 ', minFontSize: 'auto', contour: '3' })).toEqual({
      ...{ margin: 2.5, maxFontSize: 90, minFontSize: 'auto', contour: 3 },
    });
  });

  it('switches – as pages and programs write them; nonsense stays, for the check to name', () => {
    expect(read({ strict: 'true', repeat: ' On ', numbers: '1' })).toEqual({
      strict: true,
      repeat: true,
      numbers: true,
    });
    expect(read({ mergePlurals: 'false', phrases: 'off', maskInvert: '0' })).toEqual({
      ...{ mergePlurals: false, phrases: false, maskInvert: false },
    });
    for (const strict of ['yes', 'constructor', '2']) expect(read({ strict })).toEqual({ strict });
  });

  it('angles – numbers; what is none stays in its place', () => {
    expect(read({ angles: '-45, 0;7.5 90' })).toEqual({ angles: [-45, 0, 7.5, 90] });
    expect(read({ angles: '45,up' })).toEqual({ angles: [45, 'up'] });
  });

  it('words of a dictionary – may have spaces', () => {
    expect(read({ dictionary: 'New York, tea pot\n中 文\r\n\n 火锅，' })).toEqual({
      dictionary: ['New York', 'tea pot', '中 文', '火锅'],
    });
  });

  it('unknown fields – handed on, even empty or named like what every object has', () => {
    expect(read({ colour: 'red', size: '' })).toEqual({ colour: 'red', size: '' });
    expect(read({ constructor: 'x', toString: '' })).toEqual({ constructor: 'x', toString: '' });
  });
});
