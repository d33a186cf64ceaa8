import { expect, it } from 'vitest';
import { titleOf } from './title-of.ts';

it.each([
  ['', ''],
  ['  # The harbour\nIn the morning', 'The harbour'],
  ['A short line. And another one.', 'A short line. And another one.'],
  [`It was the best of times. ${'It was the worst of times. '.repeat(4)}`, 'It was the best of times'],
  [
    'What is a word, and why do we count words at all when nobody reads them?',
    'What is a word, and why do we count words at all when…',
  ],
  ['x'.repeat(80), `${'x'.repeat(60)}…`],
  ['春天来了，花园里的花都开了。孩子们在花园里唱歌，老师在树下讲故事。', '春天来了，花园里的花都开了'],
  [
    '月亮、河流和一只小船，小船载着孩子们的梦想去远方，一直漂到没有人去过的地方',
    '月亮、河流和一只小船，小船载着孩子们的梦想去远方…',
  ],
  ['词'.repeat(40), `${'词'.repeat(30)}…`],
  ['👩‍🚀'.repeat(3), '👩‍🚀'.repeat(3)],
])('titleOf(%j) – %j', (text, title) => {
  expect(titleOf(text)).toBe(title);
});
