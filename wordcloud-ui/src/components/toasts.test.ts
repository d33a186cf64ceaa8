import { beforeEach, expect, it } from 'vitest';
import { useToasts } from './toasts.ts';

const { show, toasts, dismiss } = useToasts();
const texts = () => toasts.value.map(({ text }) => text);
const action = { label: 'Undo', run() {} };

beforeEach(() => {
  for (const { id } of toasts.value) dismiss(id);
});

it('the same words twice – are said once; with something to do about them, each stays', () => {
  show({ text: 'Not there', tone: 'bad' });
  show({ text: 'Not there', tone: 'bad' });
  expect(texts()).toEqual(['Not there']);
  show({ text: 'Deleted', action });
  show({ text: 'Deleted', action });
  expect(texts()).toEqual(['Not there', 'Deleted', 'Deleted']);
});

it('what went well – the latest says enough; what did not stays', () => {
  show({ text: 'Not there', tone: 'bad' });
  show({ text: 'a.png was saved', tone: 'ok' });
  show({ text: 'a.svg was saved', tone: 'ok' });
  expect(texts()).toEqual(['Not there', 'a.svg was saved']);
});

it('more than fit – the oldest goes; what is taken away is gone', () => {
  const first = show({ text: 'one', tone: 'bad' });
  for (const text of ['two', 'three', 'four', 'five']) show({ text, tone: 'bad' });
  expect(texts()).toEqual(['two', 'three', 'four', 'five']);
  first();
  expect(texts()).toHaveLength(4);
});
