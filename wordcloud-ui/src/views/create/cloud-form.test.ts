import { DEFAULT_OPTIONS } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { cloudForm } from './cloud-form.ts';

const EMPTY = { text: '', file: null, mask: null, title: '', options: DEFAULT_OPTIONS };

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

  it('a file – keeps its name; no title of its own', () => {
    const form = cloudForm({ ...EMPTY, file: new File(['sea'], 'sea.txt'), mask: new File(['x'], 'heart.png') });
    expect((form.get('file') as File).name).toBe('sea.txt');
    expect((form.get('mask') as File).name).toBe('heart.png');
    expect(form.has('title')).toBe(false);
  });
});
