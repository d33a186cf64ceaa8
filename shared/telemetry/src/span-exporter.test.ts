import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOtlpExporter, GuardedExporter } from './span-exporter.ts';

const MINUTE = 60_000;
const spans = (count: number) => Array.from({ length: count }, () => ({}) as ReadableSpan);
const failed = (error?: Error): ExportResult => ({ code: ExportResultCode.FAILED, ...(error && { error }) });

/** An exporter that does what the test says, guarded, with a clock and a log of the test. */
function guard(act: SpanExporter['export']) {
  const clock = { now: 0 };
  const lines: unknown[] = [];
  const exporter = { export: act, shutdown: vi.fn(async () => {}) };
  const guarded = new GuardedExporter({
    exporter,
    now: () => clock.now,
    logger: { warn: (fields: unknown, text?: string) => void lines.push([text, fields]) },
  });
  const send = (count = 1) => new Promise<ExportResult>((resolve) => guarded.export(spans(count), resolve));
  return { guarded, exporter, clock, lines, send };
}

afterEach(() => vi.useRealTimers());

describe('GuardedExporter', () => {
  it('a batch that arrives – says so, logs nothing', async () => {
    const { send, lines } = guard((_, done) => done({ code: ExportResultCode.SUCCESS }));
    expect(await send()).toEqual({ code: ExportResultCode.SUCCESS });
    expect(lines).toEqual([]);
  });

  it('failures – one line a minute, with what was lost since the last', async () => {
    const { send, lines, clock } = guard((_, done) => done(failed(new Error('refused'))));
    const line = (lostSpans: number) => ['traces could not be exported', { reason: 'refused', lostSpans }];
    await send(2);
    expect(lines).toEqual([line(2)]);
    clock.now = MINUTE - 1;
    await send(3);
    await send(4);
    expect(lines).toHaveLength(1);
    clock.now = MINUTE;
    await send(5);
    expect(lines).toEqual([line(2), line(12)]);
    await send();
    expect(lines).toHaveLength(2);
  });

  it.each([
    ['thrown', new Error('broken'), 'broken'],
    ['thrown, with a code only', Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    ['thrown, no error at all', undefined, 'unknown'],
  ])('a failure that is %s – logged, the batch ends', async (_, error, reason) => {
    const { send, lines } = guard(() => {
      throw error;
    });
    await send();
    expect(lines).toEqual([[expect.any(String), { reason, lostSpans: 1 }]]);
  });

  it('an exporter that never answers – given up, a late answer changes nothing', async () => {
    vi.useFakeTimers();
    let answer: (result: ExportResult) => void = () => {};
    const { send, lines } = guard((_, done) => {
      answer = done;
    });
    const sent = send();
    await vi.advanceTimersByTimeAsync(2_000);
    await sent;
    answer(failed(new Error('late')));
    await vi.advanceTimersByTimeAsync(0);
    expect(lines).toEqual([[expect.any(String), { reason: 'no answer', lostSpans: 1 }]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('shutdown – waits for the batch under way, then ends the exporter', async () => {
    let answer: (result: ExportResult) => void = () => {};
    const { guarded, exporter, send } = guard((_, done) => {
      answer = done;
    });
    const sent = send();
    const end = guarded.shutdown();
    await new Promise(setImmediate);
    expect(exporter.shutdown).not.toHaveBeenCalled();
    answer(failed());
    await Promise.all([sent, end]);
    expect(exporter.shutdown).toHaveBeenCalledOnce();
  });

  it('without a logger – silent', async () => {
    const guarded = new GuardedExporter({
      exporter: { export: (_, done) => done(failed()), shutdown: async () => {} },
      now: () => 0,
    });
    await new Promise((resolve) => guarded.export(spans(1), resolve));
    await guarded.shutdown();
  });
});

describe('createOtlpExporter', () => {
  it.each(['', 'jaeger', 'jaeger:4318', '127.0.0.1:4318', 'grpc://jaeger:4317'])('%o – refused', (endpoint) => {
    expect(() => createOtlpExporter(endpoint)).toThrow(TypeError);
  });

  it.each(['http://jaeger:4318', 'https://jaeger/otlp/'])('%o – taken', async (endpoint) => {
    await createOtlpExporter(endpoint).shutdown();
  });
});
