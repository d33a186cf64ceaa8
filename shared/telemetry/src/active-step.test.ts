import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { describe, expect, it, vi } from 'vitest';
import { activeStep, inSpan, inStep, notePart } from './active-step.ts';
import { createTracing } from './tracing.ts';

function record(sampleRatio = 1) {
  const spans: ReadableSpan[] = [];
  const spanExporter = {
    export(batch: ReadableSpan[], done: (result: { code: ExportResultCode }) => void) {
      spans.push(...batch);
      done({ code: ExportResultCode.SUCCESS });
    },
    shutdown: async () => {},
  };
  return { spans, tracing: createTracing({ service: 'a', exporter: 'none', sampleRatio, spanExporter }) };
}

const parents = (spans: ReadableSpan[]) =>
  spans.map(({ name, parentSpanContext }) => [
    name,
    spans.find((span) => span.spanContext().spanId === parentSpanContext?.spanId)?.name,
  ]);

describe('inStep', () => {
  it('a recorded step – active inside, also after waiting, and not outside', async () => {
    const { tracing } = record();
    const request = tracing.startServer('GET /', {});
    const inside = inStep(tracing, request, async () => {
      await new Promise(setImmediate);
      return activeStep();
    });
    expect(activeStep()).toBeUndefined();
    expect(await inside).toBe(request);
    await tracing.shutdown();
  });

  it('a step that is not recorded, or no tracing at all – the work is done, nothing is active', async () => {
    const { tracing } = record(0);
    const request = tracing.startServer('GET /', {});
    expect(inStep(tracing, request, () => [1, activeStep()])).toEqual([1, undefined]);
    expect(inStep(undefined, undefined, () => [2, activeStep()])).toEqual([2, undefined]);
    await tracing.shutdown();
  });
});

describe('inSpan', () => {
  it('within a step – a span, which is the active step of what is done in it', async () => {
    const { tracing, spans } = record();
    const request = tracing.startServer('GET /', {});
    const result = await inStep(tracing, request, () =>
      inSpan(
        () => ({ name: 'store', attributes: { first: 1 } }),
        async (note, step) => {
          await Promise.all([
            inSpan(
              () => ({ name: 'put a', kind: 'client' }),
              async () => {},
            ),
            inSpan(
              () => ({ name: 'put b', kind: 'client' }),
              async () => {},
            ),
          ]);
          note({ bytes: 7 });
          expect(step).toBe(activeStep());
          return 'done';
        },
      ),
    );
    tracing.end(request);
    await tracing.shutdown();
    expect(result).toBe('done');
    expect(parents(spans)).toEqual([
      ['put a', 'store'],
      ['put b', 'store'],
      ['store', 'GET /'],
      ['GET /', undefined],
    ]);
    expect(spans[0]!.kind).toBe(SpanKind.CLIENT);
    expect(spans[2]).toMatchObject({ kind: SpanKind.INTERNAL, attributes: { first: 1, bytes: 7 } });
  });

  it('a failure – thrown as it is, and noted', async () => {
    const { tracing, spans } = record();
    const error = Object.assign(new Error('gone'), { code: 'ENOENT' });
    const request = tracing.startServer('GET /', {});
    const failing = inStep(tracing, request, () =>
      inSpan(
        () => ({ name: 'read' }),
        () => Promise.reject(error),
      ),
    );
    await expect(failing).rejects.toBe(error);
    await tracing.shutdown();
    expect(spans[0]).toMatchObject({ status: { code: SpanStatusCode.ERROR }, attributes: { 'error.type': 'ENOENT' } });
  });

  it('without a step – the work is done, the span not even described', async () => {
    const describeSpan = vi.fn();
    expect(await inSpan(describeSpan, async (note) => note({ a: 1 }) ?? 5)).toBe(5);
    expect(describeSpan).not.toHaveBeenCalled();
    notePart('layout', 1);
  });
});

describe('notePart', () => {
  it('what is over – a span of the active step', async () => {
    const { tracing, spans } = record();
    const request = tracing.startServer('GET /', {});
    inStep(tracing, request, () => {
      notePart('layout', 500, 40, { words: 2 });
      notePart('draw', 40);
    });
    tracing.end(request);
    await tracing.shutdown();
    expect(parents(spans).slice(0, 2)).toEqual([
      ['layout', 'GET /'],
      ['draw', 'GET /'],
    ]);
    const [layout, draw] = spans;
    expect(layout).toMatchObject({ duration: [0, 500_000_000], attributes: { words: 2 } });
    const millis = ([seconds, nanos]: [number, number]) => seconds * 1_000 + nanos / 1e6;
    expect(millis(draw!.startTime) - millis(layout!.endTime)).toBeGreaterThanOrEqual(0);
    expect(Math.abs(millis(draw!.endTime) - Date.now())).toBeLessThan(1_000);
  });
});
