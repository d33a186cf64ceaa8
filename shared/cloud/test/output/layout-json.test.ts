import { describe, expect, it } from 'vitest';
import { layoutJson, readLayoutJson } from '../../src/index.ts';
import { CONTOUR, sampleCloud } from './sample.ts';

describe('layoutJson', () => {
  it('read back – every word, place and reason as it was', async () => {
    const cloud = await sampleCloud();
    const layout = readLayoutJson(layoutJson(cloud));
    expect(layout).toMatchObject({
      format: 'wordcloud-layout',
      version: 1,
      width: 600,
      height: 400,
      background: '#ffffff',
      font: 'sans-bold',
    });
    expect(layout.words.map(({ width: _width, height: _height, ...word }) => word)).toEqual(cloud.placed);
    expect(layout.skipped).toEqual(cloud.skipped);
    expect(layout.skipped).toContainEqual({ word: '\u{13000}', reason: 'no-glyph' });
    const { words } = readLayoutJson(layoutJson({ ...cloud, contour: CONTOUR, drawn: cloud.drawn.slice(0, 1) }));
    expect(words[0]!.height).toBeCloseTo(cloud.drawn[0]!.shape.height * cloud.drawn[0]!.fontSize);
  });

  it('copies that fill the picture – come last and are told apart', async () => {
    const cloud = await sampleCloud({ repeat: true });
    const { words } = readLayoutJson(layoutJson(cloud));
    expect(words.length).toBeGreaterThan(cloud.placed.length);
    expect(words.findIndex(({ copy }) => copy)).toBe(cloud.placed.length);
    for (const { word } of words) expect(cloud.placed.map((item) => item.word)).toContain(word);
  });

  it('contour – is part of it', async () => {
    expect(readLayoutJson(layoutJson({ ...(await sampleCloud()), contour: CONTOUR })).contour).toEqual(CONTOUR);
  });

  it('a file that does not tell its font – is read', async () => {
    const text = layoutJson(await sampleCloud({ font: 'sans-light' }));
    expect(readLayoutJson(text).font).toBe('sans-light');
    expect(readLayoutJson(text.replace('"font":"sans-light"', '"more":1'))).not.toHaveProperty('font');
  });

  it.each([
    [/"background":"[^"]*"/, '"background":"\\"/><script>"', 'no background'],
    [/("angle":[^,]*,"color":)"[^"]*"/, '$1"red"', 'a word without'],
    [/"font":"[^"]*"/, '"font":"toString"', 'font: got "toString"; allowed is one of sans-light, sans,'],
    [/"path":"[^"]*"/, '"path":"M 0 0 a 1 1"', 'a contour without'],
  ])('%s – INVALID_OPTION when it is something else', async (pattern, instead, message) => {
    const text = layoutJson({ ...(await sampleCloud()), contour: CONTOUR });
    expect(() => readLayoutJson(text.replace(pattern, instead))).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(message) }),
    );
  });

  it('hostile words – nothing that ends a script; half a pair survives', async () => {
    const cloud = await sampleCloud();
    const placed = cloud.placed.map((item, i) => (i === 0 ? { ...item, word: '\ud800\u2028</script>' } : item));
    const text = layoutJson({ ...cloud, placed });
    expect(text).not.toMatch(/[<\u2028\u2029]/);
    expect(readLayoutJson(text).words[0]!.word).toBe('\ud800\u2028</script>');
  });

  it('the same cloud – the same text', async () => {
    expect(layoutJson(await sampleCloud())).toBe(layoutJson(await sampleCloud()));
  });

  it.each([
    ['{', 'no JSON'],
    ['null', 'no object'],
    ['{"format":"wordcloud-layout","version":2}', 'version 2'],
    ['{"format":"wordcloud-layout","version":1,"width":0,"height":1}', 'width and height'],
    [
      '{"format":"wordcloud-layout","version":1,"width":1,"height":1,"background":"#ffffff","words":[{"word":"a"}],"skipped":[]}',
      'a word without',
    ],
  ])('%s – INVALID_OPTION that says what is wrong', (text, message) => {
    expect(() => readLayoutJson(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(message) }),
    );
  });
});
