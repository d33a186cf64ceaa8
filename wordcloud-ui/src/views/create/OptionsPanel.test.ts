// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { nextTick, reactive } from 'vue';
import { mountOnPage } from '@/components/test-mount.ts';
import { makeChoices } from './choices-fixture.ts';
import OptionsPanel from './OptionsPanel.vue';

vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:mask');
vi.spyOn(URL, 'revokeObjectURL').mockReturnValue();
const MASK = new File(['x'], 'leaf.png');

async function panel(change: Record<string, unknown> = {}) {
  const choices = makeChoices();
  const options = reactive(makeChoices().defaults);
  const page = await mountOnPage(OptionsPanel, {
    ...{ modelValue: options, choices, mask: null, isCompared: false },
    ...change,
  });
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
  const onMask = vi.fn();
  const { wrapper, button, text } = await panel({ mask: MASK, onMask });
  expect(wrapper.get('fieldset:has(input[value=heart])').attributes('disabled')).toBeDefined();
  expect(text()).toContain('leaf.png');
  await button('Remove the image').trigger('click');
  expect(onMask.mock.calls).toEqual([[null]]);
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

it('letters as the shape – take the place of the shapes until they are taken back', async () => {
  const { wrapper, options, button, field } = await panel();
  const shapes = () => wrapper.get('fieldset:has(input[value=heart])').attributes('disabled');
  await button('Letters or emoji').trigger('click');
  expect(shapes()).toBeUndefined();
  await field('This text is the shape').setValue('x'.repeat(25));
  expect(options.shapeText).toBe('x'.repeat(20));
  expect(shapes()).toBeDefined();
  await field('This text is the shape').setValue(' ');
  expect(options.shapeText).toBeNull();
  await field('This text is the shape').setValue('爱');
  await button('Back to the shapes').trigger('click');
  expect(options.shapeText).toBeNull();
  expect(shapes()).toBeUndefined();
  await nextTick();
  expect(document.activeElement).toBe(button('Letters or emoji').element);
});

it('what only an image can do – is offered with one only, and taken back without it', async () => {
  const { wrapper, options } = await panel({ mask: MASK });
  await wrapper.get('input[value=cover]').setValue();
  await wrapper.get('input[value=image]').setValue();
  expect(options).toMatchObject({ maskFit: 'cover', colorBy: 'image' });
  await wrapper.setProps({ mask: null });
  expect(wrapper.find('input[value=cover]').exists()).toBe(false);
  expect(wrapper.find('input[value=image]').exists()).toBe(false);
  expect(options.colorBy).toBe('random');
});

it('more options – are folded away, and say how many are not as usual', async () => {
  const { wrapper, options, text } = await panel();
  const [more, words] = wrapper.findAll('details');
  expect(more!.attributes('open')).toBeUndefined();
  expect(text()).not.toContain('changed');
  Object.assign(options, { phrases: true, dictionary: ['New York'], repeat: true });
  await nextTick();
  expect(more!.get('summary').text()).toContain('3 changed');
  expect(words!.get('summary').text()).toContain('2 changed');
});

it('names to keep together – by commas and line ends; too long ones are said', async () => {
  const { options, field, text } = await panel();
  await field('Keep together').setValue('New York，Alice Liddell\n\n New York ');
  expect(options.dictionary).toEqual(['New York', 'Alice Liddell']);
  expect(text()).not.toContain('The rest is left out');
  await field('Keep together').setValue(`sea, ${'x'.repeat(65)}`);
  expect(options.dictionary).toEqual(['sea']);
  expect(text()).toContain('each with at most 64 characters');
});

it('angles – by a name or of one’s own; what is none is said, and not taken', async () => {
  const { wrapper, options, field, text } = await panel();
  await wrapper.get('input[value=diagonal]').setValue();
  expect(options.angles).toEqual([-45, 45]);
  await wrapper.get('fieldset:has(input[value=diagonal]) input[value=own]').setValue();
  await field('Your own angles').setValue('-30, 0, 120');
  expect(options.angles).toEqual([-45, 45]);
  expect(text()).toContain('Numbers from -90 to 90');
  await field('Your own angles').setValue('-30, 0, 30');
  expect(options.angles).toEqual([-30, 0, 30]);
  await wrapper.get('input[value=slight]').setValue();
  expect(options).toMatchObject({ rotation: 'slight', angles: [] });
});

it('sizes – automatic or a number, the smallest not above the largest', async () => {
  const { options, field } = await panel();
  await field('Smallest type').setValue('12.5');
  expect(options.minFontSize).toBe(12.5);
  await field('Largest type').setValue('10');
  expect(options.maxFontSize).toBeNull();
  expect(field('Largest type').attributes('aria-invalid')).toBe('true');
  await field('Largest type').setValue('90');
  expect(options.maxFontSize).toBe(90);
  await field('Smallest type').setValue('');
  expect(options.minFontSize).toBeNull();
});

it('resolution – no more than the server makes; a larger picture takes it back', async () => {
  const { wrapper, options } = await panel();
  const scale = (times: number) => wrapper.get(`fieldset:has(input[value="4"]) input[value="${times}"]`);
  expect(scale(3).attributes('disabled')).toBeUndefined();
  expect(scale(4).attributes('disabled')).toBeDefined();
  await scale(3).setValue();
  expect(options.scale).toBe(3);
  await wrapper.get('input[value=wide]').setValue();
  expect(options.scale).toBe(2);
});

it('two texts – their colours are fixed: no palette can be chosen', async () => {
  const { wrapper, text } = await panel({ isCompared: true });
  expect(wrapper.get('fieldset:has(input[value=ocean])').attributes('disabled')).toBeDefined();
  expect(wrapper.find('input[value=frequency]').exists()).toBe(false);
  expect(text()).toContain('which of the two texts');
});
