// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { nextTick, reactive } from 'vue';
import { mountOnPage } from '@/components/test-mount.ts';
import { makeChoices } from './choices-fixture.ts';
import OptionsPanel from './OptionsPanel.vue';

async function panel(change: Record<string, unknown> = {}) {
  const choices = makeChoices();
  const options = reactive(choices.defaults);
  const page = await mountOnPage(OptionsPanel, { modelValue: options, choices, mask: null, ...change });
  const { wrapper } = page;
  const field = (label: string) => {
    const found = wrapper.findAll('label').find(({ element }) => element.textContent?.trim() === label);
    return wrapper.get<HTMLInputElement>(`#${found!.attributes('for')}`);
  };
  return { ...page, options, field };
}

it('a choice – changes the options of the page', async () => {
  const { wrapper, options } = await panel();
  await wrapper.get('input[value=heart]').setValue();
  await wrapper.get('input[value=ocean]').setValue();
  await wrapper.get('input[value=square]').setValue();
  expect(options).toMatchObject({ shape: 'heart', palette: 'ocean', width: 1080, height: 1080 });
});

it('an own image – decides the outline, so that no shape can be chosen; it can be taken away', async () => {
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:mask', revokeObjectURL() {} }));
  const onMask = vi.fn();
  const { wrapper, button, text } = await panel({ mask: new File(['x'], 'leaf.png'), onMask });
  expect(wrapper.get('fieldset:has(input[value=heart])').attributes('disabled')).toBeDefined();
  expect(text()).toContain('leaf.png');
  await button('Remove the image').trigger('click');
  expect(onMask.mock.calls).toEqual([[null]]);
  vi.unstubAllGlobals();
});

it('a number out of range – is said, not taken, and given back when the field is left', async () => {
  const { options, field, text } = await panel();
  const { seed } = options;
  for (const wrong of ['-1', '1.5', 'x', '']) {
    await field('Seed').setValue(wrong);
    expect(options.seed).toBe(seed);
    expect(field('Seed').attributes('aria-invalid')).toBe('true');
    expect(text()).toContain('Allowed is 0 to');
  }
  await field('Seed').trigger('blur');
  expect(field('Seed').element.value).toBe(String(seed));
  await field('Seed').setValue('77');
  expect(options.seed).toBe(77);
});

it('words to leave out – Enter and commas add them, Backspace takes the last one back', async () => {
  const { options, field, button } = await panel();
  const words = field('Leave out');
  await words.setValue('captain');
  await words.trigger('keydown', { key: 'Enter' });
  await words.setValue('ship，sea,');
  await nextTick();
  expect(options.stopwords).toEqual(['captain', 'ship', 'sea']);
  await words.trigger('keydown', { key: 'Backspace' });
  await button('Count “ship” again').trigger('click');
  expect(options.stopwords).toEqual(['captain']);
});

it('while a Chinese word is being composed – Enter belongs to the composition', async () => {
  const { options, field } = await panel();
  const words = field('Leave out');
  await words.setValue('tushu');
  await words.trigger('keydown', { key: 'Enter', isComposing: true });
  expect(options.stopwords).toEqual([]);
});

it('another seed – is another one', async () => {
  const { options, button } = await panel();
  const { seed } = options;
  await button('Another seed').trigger('click');
  expect(options.seed).not.toBe(seed);
});
