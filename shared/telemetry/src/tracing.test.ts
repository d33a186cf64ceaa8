import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseTraceHeaders, type TraceContext, traceparentOf } from './trace-headers.ts';
import { createTracing, type TracingOptions } from './tracing.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const sampledCaller = { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: 'rojo=1,congo=2' };
const otherCaller = { ...sampledCaller, traceparent: `00-${TRACE}-${SPAN}-00` };

/** Tracing whose spans stay here; they are complete after `shutdown`. */
function record(options: Partial<TracingOptions> = {}) {
  const spans: ReadableSpan[] = [];
  const spanExporter: SpanExporter = {
    export(batch, done) {
      spans.push(...batch);
      done({ code: ExportResultCode.SUCCESS });
    },
    shutdown: async () => {},
  };
  return {
    spans,
    tracing: createTracing({ service: 'a', exporter: 'none', sampleRatio: 1, spanExporter, ...options }),
  };
}

/** Mulberry32: the same numbers in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

afterEach(() => vi.useRealTimers());

describe('sampling', () => {
  it.each([
    [0, 0, 0],
    [0.05, 420, 580],
    [0.5, 4_800, 5_200],
    [1, 10_000, 10_000],
  ])('ratio %d of 10,000 new traces – %d to %d', async (sampleRatio, least, most) => {
    const { tracing } = record({ sampleRatio, random: seeded(1) });
    let sampled = 0;
    for (let index = 0; index < 10_000; index++) if (tracing.startServer('GET /', {}).sampled) sampled++;
    expect(sampled).toBeGreaterThanOrEqual(least);
    expect(sampled).toBeLessThanOrEqual(most);
    await tracing.shutdown();
  });

  it.each([-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY])('ratio %d – refused', (sampleRatio) => {
    expect(() => record({ sampleRatio })).toThrow(RangeError);
  });

  it('a caller that has decided – decides, whatever the ratio', async () => {
    const [never, always] = [record({ sampleRatio: 0 }), record({ sampleRatio: 1 })];
    for (const [{ tracing }, headers, sampled] of [
      [never, sampledCaller, true],
      [always, otherCaller, false],
    ] as const) {
      const request = tracing.startServer('GET /', headers);
      const call = tracing.startClient('b/get', request);
      expect([request.sampled, call.sampled]).toEqual([sampled, sampled]);
      expect([request.span?.isRecording() ?? false, call.span?.isRecording() ?? false]).toEqual([sampled, sampled]);
      tracing.end(call);
      tracing.end(request);
      await tracing.shutdown();
    }
    expect(never.spans.map(({ name }) => name)).toEqual(['b/get', 'GET /']);
    expect(always.spans).toEqual([]);
  });

  it('malformed headers – as if there were none', async () => {
    const { tracing } = record();
    const request = tracing.startServer('GET /', { traceparent: `00-${TRACE}-${SPAN}`, tracestate: 'a=1' });
    expect(request.sampled).toBe(true);
    expect(request.traceId).not.toBe(TRACE);
    expect(request.state).toBeUndefined();
    await tracing.shutdown();
  });
});

describe('ids', () => {
  it.each([
    ['recorded', 1],
    ['not recorded', 0],
  ])('a new trace that is %s – one trace id, a span id for each step', async (_, sampleRatio) => {
    const { tracing } = record({ sampleRatio });
    const steps: TraceContext[] = [tracing.startServer('GET /', {})];
    for (let index = 0; index < 20; index++) steps.push(tracing.startClient('b/get', steps[0]));
    expect(new Set(steps.map(({ traceId }) => traceId)).size).toBe(1);
    expect(new Set(steps.map(({ spanId }) => spanId)).size).toBe(steps.length);
    for (const step of steps) expect(parseTraceHeaders({ traceparent: traceparentOf(step) })).toBeDefined();
    expect(tracing.startServer('GET /', {}).traceId).not.toBe(steps[0]!.traceId);
    await tracing.shutdown();
  });

  it('recorded spans – have the ids that are told to others', async () => {
    const { tracing, spans } = record();
    const request = tracing.startServer('GET /', {});
    const call = tracing.startClient('b/get', request);
    tracing.end(call);
    tracing.end(request);
    await tracing.shutdown();
    expect(spans.map((span) => [span.spanContext(), span.parentSpanContext?.spanId])).toMatchObject([
      [{ traceId: request.traceId, spanId: call.spanId }, request.spanId],
      [{ traceId: request.traceId, spanId: request.spanId }, undefined],
    ]);
  });

  it("without an exporter – the caller's step is handed on, since others hang theirs on it", async () => {
    const tracing = createTracing({ service: 'a', exporter: 'none', sampleRatio: 1 });
    const request = tracing.startServer('GET /', sampledCaller);
    const call = tracing.startClient('b/get', request);
    expect(traceparentOf(call)).toBe(sampledCaller.traceparent);
    expect([call.span, call.state]).toEqual([undefined, sampledCaller.tracestate]);
    expect(tracing.startServer('GET /', {}).sampled).toBe(false);
    await tracing.shutdown();
  });

  it.each([
    ['recorded', sampledCaller],
    ['not recorded', otherCaller],
  ])("the caller's state, %s – handed on", async (_, headers) => {
    const { tracing } = record();
    const request = tracing.startServer('GET /', headers);
    expect(request.state).toBe(headers.tracestate);
    expect(tracing.startClient('b/get', request).state).toBe(headers.tracestate);
    expect(request.span?.spanContext().traceState?.serialize()).toBe(request.sampled ? headers.tracestate : undefined);
    await tracing.shutdown();
  });

  it("extract – the caller's step", async () => {
    const { tracing } = record();
    expect(tracing.extract({})).toBeUndefined();
    const caller = tracing.extract(sampledCaller);
    expect(caller).toEqual({ traceId: TRACE, spanId: SPAN, sampled: true, state: sampledCaller.tracestate });
    const call = tracing.startClient('b/get', caller);
    expect([call.traceId, call.span?.isRecording()]).toEqual([TRACE, true]);
    await tracing.shutdown();
  });
});

describe('end', () => {
  const endWith = async (outcome?: Parameters<ReturnType<typeof createTracing>['end']>[1]) => {
    const { tracing, spans } = record();
    tracing.end(tracing.startServer('GET /', {}, { first: 1 }), outcome);
    await tracing.shutdown();
    return spans[0]!;
  };

  it('well – attributes of both ends, no status', async () => {
    const span = await endWith({ attributes: { last: 2 } });
    expect([span.attributes, span.status]).toEqual([{ first: 1, last: 2 }, { code: SpanStatusCode.UNSET }]);
    expect([span.kind, span.ended]).toEqual([SpanKind.SERVER, true]);
  });

  it.each([
    ['an error', new RangeError('too far'), 'RangeError', 'too far'],
    ['an error with a code', Object.assign(new Error('gone'), { code: 'UNAVAILABLE' }), 'UNAVAILABLE', 'gone'],
    ['an abort, whose code is a number', new DOMException('left', 'AbortError'), 'AbortError', 'left'],
    ['something else', 'a word', '_OTHER', undefined],
    ['null', null, '_OTHER', undefined],
  ])('with %s – failed', async (_, error, type, message) => {
    const span = await endWith({ error });
    expect(span.attributes['error.type']).toBe(type);
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, ...(message !== undefined && { message }) });
  });

  it('without attributes at the start – those of one span do not come to another', async () => {
    const { tracing, spans } = record();
    const [one, other] = [tracing.startServer('GET /', {}), tracing.startServer('GET /', {})];
    tracing.end(one, { attributes: { mine: true } });
    tracing.end(other);
    await tracing.shutdown();
    expect(spans.map(({ attributes }) => attributes)).toEqual([{ mine: true }, {}]);
  });

  it('twice, or after the end of all – harmless', async () => {
    const { tracing, spans } = record();
    const [request, late] = [tracing.startServer('GET /', {}), tracing.startServer('GET /late', {})];
    tracing.end(request);
    tracing.end(request, { error: new Error('no') });
    await tracing.shutdown();
    tracing.end(late);
    tracing.end(tracing.startServer('GET /later', {}));
    await tracing.shutdown();
    expect(spans.map(({ name, status }) => [name, status.code])).toEqual([['GET /', SpanStatusCode.UNSET]]);
  });
});

describe('a client without a parent', () => {
  it('what a service asks on its own account – not recorded, and the callee is told so', async () => {
    const { tracing, spans } = record();
    const call = tracing.startClient('b/poll', undefined);
    expect(parseTraceHeaders({ traceparent: traceparentOf(call) })).toMatchObject({ sampled: false });
    tracing.end(call);
    await tracing.shutdown();
    expect(spans).toEqual([]);
  });
});

describe('a consumer', () => {
  it('of a recorded step – a trace of its own, recorded whatever the ratio, with a link', async () => {
    const { tracing, spans } = record({ sampleRatio: 0 });
    const producer = tracing.extract(sampledCaller);
    const work = tracing.startConsumer('process', producer, { 'task.id': 't' });
    tracing.end(tracing.startClient('b/make', work));
    tracing.end(work);
    expect(work.traceId).not.toBe(TRACE);
    await tracing.shutdown();
    const [call, consumer] = spans;
    expect(consumer).toMatchObject({ name: 'process', kind: SpanKind.CONSUMER, attributes: { 'task.id': 't' } });
    expect(consumer!.parentSpanContext).toBeUndefined();
    expect(consumer!.spanContext()).toMatchObject({ traceId: work.traceId, spanId: work.spanId });
    expect(consumer!.links).toMatchObject([{ context: { traceId: TRACE, spanId: SPAN } }]);
    expect(call!.parentSpanContext).toMatchObject({ traceId: work.traceId, spanId: work.spanId });
  });

  it.each([
    ['that is not recorded', otherCaller],
    ['that nobody knows', {}],
  ])('of a step %s – not recorded, whatever the ratio', async (_, headers) => {
    const { tracing, spans } = record({ sampleRatio: 1 });
    const work = tracing.startConsumer('process', tracing.extract(headers));
    expect([work.sampled, work.span]).toEqual([false, undefined]);
    await tracing.shutdown();
    expect(spans).toEqual([]);
  });

  it('without an exporter – not recorded, since nobody would have its first span', async () => {
    const tracing = createTracing({ service: 'a', exporter: 'none', sampleRatio: 1 });
    expect(tracing.startConsumer('process', tracing.extract(sampledCaller)).sampled).toBe(false);
    await tracing.shutdown();
  });
});

describe('a part of a step', () => {
  it('belongs to the step; its times may be given afterwards', async () => {
    const { tracing, spans } = record();
    const request = tracing.startServer('GET /', sampledCaller);
    tracing.end(tracing.startPart('layout', request, { words: 3 }, 1_700_000_000_000), { endTime: 1_700_000_000_250 });
    await tracing.shutdown();
    expect(spans[0]).toMatchObject({
      ...{ name: 'layout', kind: SpanKind.INTERNAL, attributes: { words: 3 }, duration: [0, 250_000_000] },
      ...{ startTime: [1_700_000_000, 0], parentSpanContext: { traceId: TRACE, spanId: request.spanId } },
    });
  });
});

describe('shutdown', () => {
  it.each<[string, Partial<SpanExporter>]>([
    ['never answers', { export: () => {} }],
    ['never ends', { shutdown: () => new Promise(() => {}) }],
    ['ends badly', { shutdown: () => Promise.reject(new Error('no')) }],
    [
      'throws',
      {
        export: () => {
          throw new Error('no');
        },
      },
    ],
  ])('an exporter that %s – over in less than 2 s', async (_, faults) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const spanExporter: SpanExporter = {
      export: (_batch, done) => done({ code: ExportResultCode.SUCCESS }),
      shutdown: async () => {},
      ...faults,
    };
    const { tracing } = record({ spanExporter });
    tracing.end(tracing.startServer('GET /', {}));
    const over = vi.fn();
    const end = tracing.shutdown().then(over);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(over).toHaveBeenCalledOnce();
    await end;
  });
});

describe('several in one process', () => {
  it('see nothing of each other, and nothing is registered globally', async () => {
    const [one, other] = [record(), record({ service: 'b' })];
    const [mine, yours] = [one.tracing.startServer('GET /a', {}), other.tracing.startServer('GET /b', {})];
    expect(mine.traceId).not.toBe(yours.traceId);
    one.tracing.end(mine);
    await one.tracing.shutdown();
    other.tracing.end(yours);
    await other.tracing.shutdown();
    const namesOf = (spans: ReadableSpan[]) =>
      spans.map(({ name, resource }) => [name, resource.attributes['service.name']]);
    expect(namesOf(one.spans)).toEqual([['GET /a', 'a']]);
    expect(namesOf(other.spans)).toEqual([['GET /b', 'b']]);
    expect(trace.getTracer('any').startSpan('any').isRecording()).toBe(false);
    expect(propagation.fields()).toEqual([]);
    const key = Symbol('key');
    expect(context.with(ROOT_CONTEXT.setValue(key, 1), () => context.active().getValue(key))).toBeUndefined();
  });
});
