/** What work tells of itself to those who record, for tests. */
import { createTracing, inStep, type TracingOptions } from '../src/index.ts';

type SpanExporter = NonNullable<TracingOptions['spanExporter']>;
export type ReadableSpan = Parameters<SpanExporter['export']>[0][number];

/** @returns the spans that the work made, in the order of their ends, without that of the step around it */
export async function spansOf(work: () => Promise<unknown>, sampleRatio = 1): Promise<ReadableSpan[]> {
  const spans: ReadableSpan[] = [];
  const spanExporter: SpanExporter = {
    export(batch, done) {
      spans.push(...batch);
      done({ code: 0 });
    },
    shutdown: async () => {},
  };
  const tracing = createTracing({ service: 'test', exporter: 'none', sampleRatio, spanExporter });
  const step = tracing.startServer('the step', {});
  await inStep(tracing, step, work);
  await tracing.shutdown();
  if (spans.some((span) => span.parentSpanContext?.spanId !== step.spanId)) throw new Error('a span of another step');
  return spans;
}
