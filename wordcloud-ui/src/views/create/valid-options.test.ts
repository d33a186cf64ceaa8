import { DEFAULT_OPTIONS } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { makeChoices } from './choices-fixture.ts';
import { cleanTerms, splitTerms, splitWords, validOptions } from './valid-options.ts';

const CHOICES = makeChoices();

describe('valid options', () => {
  it('a value that is not offered any more – only that one falls back', () => {
    const options = validOptions({ shape: 'dodecahedron', palette: 'ocean', top: 0, width: 4097, seed: 1.5 }, CHOICES);
    expect(options).toEqual({ ...DEFAULT_OPTIONS, palette: 'ocean' });
  });

  it('colours – only what a server takes', () => {
    for (const background of ['red', '#fff', '#12345g', 5, 'url(x)'])
      expect(validOptions({ background }, CHOICES).background).toBe(DEFAULT_OPTIONS.background);
    expect(validOptions({ background: '#102030' }, CHOICES).background).toBe('#102030');
  });

  it('stop words – texts only, each once, not too long', () => {
    expect(cleanTerms([' sea ', 'sea', '', 5, null, 'x'.repeat(65), 'ship'], CHOICES.limits.stopwords)).toEqual([
      'sea',
      'ship',
    ]);
    expect(cleanTerms(Array.from(Array(1500).keys(), String), CHOICES.limits.stopwords)).toHaveLength(1000);
  });

  it('splitWords – at blanks and commas of any script', () => {
    expect(splitWords(' the, of\n和，的、了;x；y ')).toEqual(['the', 'of', '和', '的', '了', 'x', 'y']);
  });

  it('splitTerms – at commas and line ends, not at blanks', () => {
    expect(splitTerms(' New York, 北京；上海\n\nAlice Liddell ,')).toEqual([
      'New York',
      '北京',
      '上海',
      'Alice Liddell',
    ]);
  });

  it('all that the server takes – is kept', () => {
    const given = {
      dictionary: ['New York'],
      phrases: true,
      mergePlurals: false,
      numbers: true,
      shapeText: '爱',
      maskBy: 'luminance',
      maskInvert: true,
      maskFit: 'cover',
      contour: 2.5,
      contourColor: '#102030',
      colorBy: 'rank',
      angles: [-30, 0, 0, 30],
      strict: true,
      repeat: true,
      margin: 0,
      minFontSize: 10.5,
      maxFontSize: 300,
      scale: 3,
    };
    expect(validOptions(given, CHOICES)).toEqual({ ...DEFAULT_OPTIONS, ...given });
  });

  it.each([
    { phrases: 'true' },
    { shapeText: '  ' },
    { shapeText: 'x'.repeat(21) },
    { maskFit: 'stretch' },
    { contour: -1 },
    { contour: Number.NaN },
    { contourColor: 'red' },
    { colorBy: 'mood' },
    { angles: [91, '5', Number.NaN] },
    { angles: 5 },
    { margin: '4' },
    { minFontSize: 1 },
    { maxFontSize: 9000 },
    { scale: 1.5 },
    { scale: 9 },
  ])('%o – is as by default', (given) => {
    expect(validOptions(given, CHOICES)).toEqual(DEFAULT_OPTIONS);
  });

  it('nothing – shares no list with the defaults', () => {
    const options = validOptions(null, CHOICES);
    options.angles.push(5);
    expect(validOptions(null, CHOICES).angles).toEqual([]);
  });
});
