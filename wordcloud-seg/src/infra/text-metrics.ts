/** Counts texts, by language, and their words and bytes. */
import { Counter, type Metrics } from '@wordcloud/telemetry';
import type { SegmentText } from '../domain/segment-text.ts';

/** @returns the same, measured */
export function measureTexts(segmentText: SegmentText, { registry }: Pick<Metrics, 'registry'>): SegmentText {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const texts = counter('seg_texts_total', 'Texts whose words were counted, by language', ['lang']);
  const words = counter('seg_words_total', 'Words counted');
  const bytes = counter('seg_text_bytes_total', 'Bytes of the texts whose words were counted');
  return async (content, options, signal) => {
    const result = await segmentText(content, options, signal);
    texts.inc({ lang: result.lang });
    words.inc(result.tokens);
    bytes.inc(Buffer.byteLength(content, 'base64'));
    return result;
  };
}
