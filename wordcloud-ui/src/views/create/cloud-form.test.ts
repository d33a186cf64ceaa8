import { DEFAULT_OPTIONS } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { cloudForm } from './cloud-form.ts';

const EMPTY = {
  text: '',
  file: null,
  mask: null,
  compareText: '',
  compareFile: null,
  title: '',
  options: DEFAULT_OPTIONS,
};

describe('cloudForm', () => {
  it('a pasted text – a file, after all fields', async () => {
    const options = { ...DEFAULT_OPTIONS, stopwords: ['page', 'chapter'] };
    const form = cloudForm({ ...EMPTY, text: '海 and sea', title: 'The sea', options });
    expect(form.get('top')).toBe('200');
    expect(form.get('stopwords')).toBe('page chapter');
    expect(form.get('title')).toBe('The sea');
    expect(await (form.get('file') as File).text()).toBe('海 and sea');
    expect([...form.keys()].at(-1)).toBe('file');
    expect(form.has('mask')).toBe(false);
  });

  it('a second text – is called by its beginning, a file by its name; neither, no field', async () => {
    expect(cloudForm({ ...EMPTY, compareText: '  ' }).has('compare')).toBe(false);
    const typed = cloudForm({ ...EMPTY, compareText: 'tea/milk and sugar' }).get('compare') as File;
    expect([typed.name, await typed.text()]).toEqual(['tea milk and sugar', 'tea/milk and sugar']);
    const form = cloudForm({ ...EMPTY, compareFile: new File(['tea'], 'tea.txt') });
    expect((form.get('compare') as File).name).toBe('tea.txt');
  });

  it('every option – as the server reads it; what is nothing is left out', () => {
    const options = {
      ...DEFAULT_OPTIONS,
      dictionary: ['New York', 'Alice Liddell'],
      angles: [-45, 45],
      strict: true,
      mergePlurals: false,
      margin: 0,
    };
    const form = cloudForm({ ...EMPTY, options });
    expect(form.get('dictionary')).toBe('New York\nAlice Liddell');
    expect(form.get('angles')).toBe('-45,45');
    expect([form.get('strict'), form.get('mergePlurals'), form.get('margin')]).toEqual(['true', 'false', '0']);
    for (const name of ['stopwords', 'shapeText', 'contourColor', 'minFontSize'])
      expect(form.has(name), name).toBe(false);
  });

  it('a file – keeps its name; no title of its own', () => {
    const form = cloudForm({ ...EMPTY, file: new File(['sea'], 'sea.txt'), mask: new File(['x'], 'heart.png') });
    expect((form.get('file') as File).name).toBe('sea.txt');
    expect((form.get('mask') as File).name).toBe('heart.png');
    expect(form.has('title')).toBe(false);
  });
});
