import { createMetrics } from '@wordcloud/telemetry';
import { expect, it } from 'vitest';
import type { SegmentOptions } from '../domain/segment-text.ts';
import { measureTexts } from './text-metrics.ts';

it('texts – counted by language, with their words and their bytes before they were encoded', async () => {
  const { registry } = createMetrics('me', { processMetrics: false });
  const segmentText = measureTexts(async (_content, { lang }) => ({ lang, encoding: 'utf-8', tokens: 7, words: [] }), {
    registry,
  });
  for (const [text, lang] of [
    ['tea', 'en'],
    ['茶', 'zh'],
    ['two', 'en'],
  ] as const) {
    const content = Buffer.from(text).toString('base64');
    await segmentText(content, { lang } as SegmentOptions, new AbortController().signal);
  }
  const lines = (await registry.metrics()).split('\n').filter((line) => line.startsWith('seg_'));
  expect(lines.map((line) => line.replace(/service="me"|,service="me"/, ''))).toEqual([
    'seg_texts_total{lang="en"} 2',
    'seg_texts_total{lang="zh"} 1',
    'seg_words_total{} 21',
    'seg_text_bytes_total{} 9',
  ]);
});
