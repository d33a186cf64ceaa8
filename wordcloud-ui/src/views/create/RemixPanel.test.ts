// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { DEFAULT_OPTIONS } from '@wordcloud/contracts';
import { expect, it, vi } from 'vitest';
import { mountOnPage } from '@/components/test-mount.ts';
import { makeChoices } from './choices-fixture.ts';
import RemixPanel from './RemixPanel.vue';

async function open(change = {}) {
  const onChange = vi.fn();
  const options = { ...DEFAULT_OPTIONS, shape: 'heart', seed: 7 };
  const props = {
    options,
    choices: makeChoices(),
    busy: false,
    hasMask: false,
    isCompared: false,
    onChange,
    ...change,
  };
  const page = await mountOnPage(RemixPanel, props);
  await page.button('All options').trigger('click');
  await flushPromises();
  const dialog = document.querySelector('[role=dialog]')!;
  const press = async (name: string) => {
    const found = [...dialog.querySelectorAll('button')].find((one) => one.textContent?.trim() === name);
    found!.click();
    await flushPromises();
  };
  const choose = async (selector: string) => {
    dialog.querySelector<HTMLInputElement>(selector)!.click();
    await flushPromises();
  };
  return { ...page, onChange, dialog, press, choose };
}

it('all options – changed together, only what has changed is sent', async () => {
  const { dialog, press, choose, onChange } = await open();
  expect(dialog.querySelector<HTMLInputElement>('input[value=heart]')!.checked).toBe(true);
  await choose('input[value=diagonal]');
  await choose('input[value=dark]');
  await press('Make it again');
  expect(onChange.mock.calls).toEqual([[{ angles: [-45, 45], background: '#14181f' }]]);
  expect(document.querySelector('[role=dialog]')).toBeNull();
});

it('cancelled – nothing is sent, and nothing of it is left when it is opened again', async () => {
  const { press, choose, onChange, button } = await open();
  await choose('input[value=diagonal]');
  await press('Cancel');
  expect(onChange).not.toHaveBeenCalled();
  await button('All options').trigger('click');
  await flushPromises();
  expect(document.querySelector<HTMLInputElement>('[role=dialog] input[value=mixed]')!.checked).toBe(true);
});

it('a shape – takes the place of letters', async () => {
  const { press, button, onChange } = await open({ options: { ...DEFAULT_OPTIONS, shapeText: 'SEA' } });
  await press('Cancel');
  expect(button('Rectangle').attributes('aria-pressed')).toBe('false');
  await button('Rectangle').trigger('click');
  expect(onChange.mock.calls).toEqual([[{ shape: 'rectangle', shapeText: null }]]);
});

it('an image – is kept, and how it is read can be changed; no other can be brought', async () => {
  const { dialog } = await open({ hasMask: true, isCompared: true });
  expect(dialog.querySelector('input[value=luminance]')).not.toBeNull();
  expect(dialog.querySelector('input[type=file]')).toBeNull();
  expect(dialog.textContent).not.toContain('Letters or emoji');
});
