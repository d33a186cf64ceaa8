import { expect, it } from 'vitest';
import { remedyFor } from './failure-remedy.ts';
import { makeTask } from './task-fixture.ts';

const failed = (code: string, options = {}) => {
  const task = makeTask(1, { status: 'failed', error: { code, detail: '' } });
  return { ...task, options: { ...task.options, ...options } };
};

it('no nouns found – all words may help', () => {
  expect(remedyFor(failed('EMPTY_TEXT'))).toEqual({ kind: 'all-words', options: { words: 'all', minLength: 1 } });
  expect(remedyFor(failed('EMPTY_TEXT', { words: 'all', minLength: 2 })).kind).toBe('all-words');
});

it.each(['NOT_TEXT', 'BAD_MASK', 'NO_DRAWABLE_WORDS'])('%s – the same again would fail again', (code) => {
  expect(remedyFor(failed(code))).toEqual({ kind: 'change' });
});

it('no word at all – something must be changed', () => {
  expect(remedyFor(failed('EMPTY_TEXT', { words: 'all', minLength: 1 }))).toEqual({ kind: 'change' });
});

it.each(['GAVE_UP', 'UNAVAILABLE', 'what is new'])('%s – may pass', (code) => {
  expect(remedyFor(failed(code))).toEqual({ kind: 'again' });
});
