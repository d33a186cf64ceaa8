// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { mountOnPage } from '@/components/test-mount.ts';
import TextPanel from './TextPanel.vue';

const props = (change = {}) => ({
  text: '',
  title: '',
  file: null,
  filePreview: '',
  maxBytes: 10 * 1024 * 1024,
  maxTitle: 200,
  ...change,
});

function paste(length: number) {
  const event = new Event('paste', { cancelable: true });
  return Object.assign(event, { clipboardData: { getData: () => 'x'.repeat(length) } });
}

it('a paste that would make the field slow – becomes a file; a short one stays text', async () => {
  const onFile = vi.fn<(file: File) => void>();
  const { wrapper } = await mountOnPage(TextPanel, props({ onFile }));
  const field = wrapper.get('textarea').element;
  const short = paste(100);
  field.dispatchEvent(short);
  expect(short.defaultPrevented).toBe(false);
  expect(onFile).not.toHaveBeenCalled();
  const long = paste(200_000);
  field.dispatchEvent(long);
  expect(long.defaultPrevented).toBe(true);
  expect(onFile.mock.calls[0]![0]).toMatchObject({ name: 'Pasted text.txt', size: 200_000 });
});

it('a paste into a text that is there – is added to it, however long', async () => {
  const onFile = vi.fn();
  const { wrapper } = await mountOnPage(TextPanel, props({ onFile, text: 'It begins. ' }));
  const long = paste(200_000);
  wrapper.get('textarea').element.dispatchEvent(long);
  expect(long.defaultPrevented).toBe(false);
  expect(onFile).not.toHaveBeenCalled();
});

it('a file – stands in the place of the text, with its name, size and beginning, and can be taken away', async () => {
  const onRemoveFile = vi.fn();
  const file = new File(['Once upon a time'], 'tale.txt');
  const { wrapper, button, text } = await mountOnPage(
    TextPanel,
    props({ file, filePreview: 'Once upon a time', onRemoveFile }),
  );
  expect(wrapper.find('textarea').exists()).toBe(false);
  for (const words of ['tale.txt', '16 bytes', 'Once upon a time']) expect(text()).toContain(words);
  await button('Remove the file').trigger('click');
  expect(onRemoveFile).toHaveBeenCalledTimes(1);
});

it('a file whose encoding is not clear – is said not to be', async () => {
  const { text } = await mountOnPage(TextPanel, props({ file: new File(['\xff'], 'odd.txt') }));
  expect(text()).toContain('Its encoding is not clear');
});

it('what is wrong – is said beside the text, and tied to it', async () => {
  const { wrapper } = await mountOnPage(TextPanel, props({ fault: 'Too long.' }));
  const field = wrapper.get('textarea');
  const ids = field.attributes('aria-describedby')!.split(' ');
  expect(ids.map((id) => document.getElementById(id)!.textContent)).toContain('Too long.');
  expect(field.attributes('aria-invalid')).toBe('true');
  expect(wrapper.get('[role=alert]').isVisible()).toBe(true);
});

it('a sample – is taken with one click', async () => {
  const onSample = vi.fn();
  const { wrapper } = await mountOnPage(TextPanel, props({ onSample }));
  const sample = wrapper.findAll('button').find(({ element }) => element.textContent?.includes('The teahouse'))!;
  await sample.trigger('click');
  expect(onSample.mock.calls).toEqual([['teahouse']]);
});
