// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/api-error.ts';
import { mountOnPage } from '@/components/test-mount.ts';
import { useToasts } from '@/components/toasts.ts';
import { makeTask } from '../clouds/task-fixture.ts';

const fetchBlob = vi.hoisted(() => vi.fn<(path: string) => Promise<Blob>>());
vi.mock('@/api/http.ts', async () => ({ ...(await vi.importActual<object>('@/api/api-error.ts')), fetchBlob }));
const { default: SavePanel } = await import('./SavePanel.vue');
vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:saved');

const task = makeTask(1, { title: 'log book' });
const formats = ['png', 'svg', 'pdf'];
beforeEach(() => {
  fetchBlob.mockReset();
});
const open = (change = {}) => mountOnPage(SavePanel, { task, formats, disabled: false, ...change });

it('every format that is announced – has a button with what it is good for', async () => {
  const { wrapper } = await open({ formats: ['png', 'svg', 'pdf', 'holograph'] });
  const names = wrapper.findAll('button').map(({ element }) => element.textContent?.trim().replace(/\s+/g, ' '));
  expect(names).toEqual([
    'Download PNG',
    'Copy image',
    'SVGSharp at any size, for print',
    'SVG with textWords stay text, for drawing programs',
    'PDFFor printing and documents',
    'holograph',
    'Word list (CSV)All counted words, for spreadsheets',
  ]);
});

it('a format that has to be made first – says so meanwhile, and is asked for once; others can be had at once', async () => {
  const { button, wrapper } = await open();
  const done = Promise.withResolvers<Blob>();
  fetchBlob.mockReturnValueOnce(done.promise).mockResolvedValueOnce(new Blob());
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  const pdf = button('PDFFor printing and documents');
  await pdf.trigger('click');
  expect(pdf.attributes('aria-busy')).toBe('true');
  expect(pdf.text()).toContain('On its way');
  await pdf.trigger('click');
  await button('SVG with textWords stay text, for drawing programs').trigger('click');
  await flushPromises();
  expect(fetchBlob.mock.calls).toEqual([
    [`/api/wordclouds/${task.id}/image.pdf`],
    [`/api/wordclouds/${task.id}/image.svg?text=1`],
  ]);
  expect(saved).toEqual(['log-book-wordcloud.text.svg']);
  done.resolve(new Blob());
  await flushPromises();
  expect(saved).toEqual(['log-book-wordcloud.text.svg', 'log-book-wordcloud.pdf']);
  expect(wrapper.find('[aria-busy=true]').exists()).toBe(false);
});

it('what the server cannot make – is told in words', async () => {
  const { button } = await open();
  fetchBlob.mockRejectedValueOnce(new ApiError({ status: 409, code: 'NO_LAYOUT', detail: '' }));
  await button('PDFFor printing and documents').trigger('click');
  await flushPromises();
  const { toasts } = useToasts();
  expect(toasts.value.at(-1)).toMatchObject({ tone: 'bad' });
  expect(button('PDFFor printing and documents').attributes('aria-busy')).toBeUndefined();
});
