import { setImmediate, setTimeout } from 'node:timers/promises';
import { type ErrorCode, type Lease, ProblemError } from '@wordcloud/contracts';
import { activeStep, createTracing, type TracingOptions, traceparentOf } from '@wordcloud/telemetry';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Dispatcher, startDispatcher } from './dispatcher.ts';
import type { CallContext, MakerService, TaskService } from './ports.ts';

const lease = (id: string, attempt = 1): Lease =>
  ({ task: { id, sourceKey: 's', maskKey: null, options: {} }, attempt }) as unknown as Lease;

/** How long a question waits for a task to come. */
const POLL_MS = 20;

/** A task service that hands out what waits, as many as asked for, and a maker that does what the test says. */
function startWith(
  waiting: Lease[],
  make: (id: string, context?: CallContext) => Promise<unknown>,
  concurrency = 2,
  tracing = createTracing({ service: 'test', exporter: 'none', sampleRatio: 0 }),
) {
  const told: unknown[] = [];
  const asked: number[] = [];
  const tasks = {
    async leaseTasks({ body: { limit } }: { body: { limit: number } }, _context?: { signal?: AbortSignal }) {
      asked.push(limit);
      if (waiting.length === 0) await setTimeout(POLL_MS);
      return { leases: waiting.splice(0, limit) };
    },
    completeTask: vi.fn(async ({ params, body }: { params: { taskId: string }; body: unknown }) => {
      told.push([params.taskId, body]);
    }),
    failTask: vi.fn(
      async ({ params, body }: { params: { taskId: string }; body: { error: { code: string }; retry: string } }) => {
        told.push([params.taskId, body.error.code, body.retry]);
      },
    ),
  };
  const maker = {
    make: ({ body }: { body: { taskId: string } }, context: CallContext) => make(body.taskId, context),
  };
  const log = { info: vi.fn(), warn: vi.fn() };
  const discard = vi.fn(async (_taskId: string, _attempt: number) => {});
  dispatcher = startDispatcher({
    tasks: tasks as unknown as TaskService,
    maker: maker as unknown as MakerService,
    name: 'test',
    concurrency,
    discard,
    log,
    tracing,
  });
  return { tasks, told, asked, log, discard };
}

let dispatcher: Dispatcher | undefined;
afterEach(async () => {
  await dispatcher?.stop();
  dispatcher = undefined;
});

describe('the dispatcher', () => {
  it('made – the outcome is told', async () => {
    const { told, discard } = startWith([lease('a')], async () => 'a picture');
    await vi.waitFor(() => expect(told).toEqual([['a', 'a picture']]));
    await dispatcher!.stop();
    expect(discard).not.toHaveBeenCalled();
  });

  it.each<[ErrorCode, boolean, string]>([
    ['EMPTY_TEXT', true, 'never'],
    ['NOT_TEXT', true, 'never'],
    ['TOO_LARGE', true, 'never'],
    ['BAD_MASK', true, 'never'],
    ['NO_DRAWABLE_WORDS', true, 'never'],
    ['INVALID_INPUT', true, 'never'],
    ['NO_INSTANCE', true, 'uncounted'],
    ['OVERLOADED', true, 'uncounted'],
    ['SHUTTING_DOWN', true, 'uncounted'],
    ['UNAVAILABLE', false, 'uncounted'],
    ['UNAVAILABLE', true, 'later'],
    ['DEADLINE_EXCEEDED', true, 'later'],
    ['BAD_ANSWER', true, 'later'],
    ['INTERNAL', true, 'later'],
  ])('%s (sent: %s) – retry %s', async (code, sent, retry) => {
    const { told } = startWith([lease('a')], () => Promise.reject(new ProblemError(code, 'no', { sent })));
    await vi.waitFor(() => expect(told).toEqual([['a', code, retry]]));
  });

  it('an error that is none of ours – later', async () => {
    const { told } = startWith([lease('a')], () => Promise.reject(new TypeError('oh')));
    await vi.waitFor(() => expect(told).toEqual([['a', 'INTERNAL', 'later']]));
  });

  it.each<ErrorCode>(['STALE_ATTEMPT', 'NOT_FOUND'])('%s – nothing to tell', async (code) => {
    const { told, log } = startWith([lease('a')], () => Promise.reject(new ProblemError(code, 'no')));
    await vi.waitFor(() => expect(log.info).toHaveBeenCalledOnce());
    expect(told).toEqual([]);
  });

  it('many tasks – never more at once than allowed, all of them made', async () => {
    let running = 0;
    let most = 0;
    const make = async () => {
      most = Math.max(most, ++running);
      for (let i = 0; i < 3; i++) await setImmediate();
      running--;
    };
    const ids = Array.from({ length: 20 }, (_, i) => `t${i}`);
    const { told, asked } = startWith(
      ids.map((id) => lease(id)),
      make,
      3,
    );
    await vi.waitFor(() => expect(told).toHaveLength(20));
    expect(new Set(told.map((one) => (one as string[])[0]))).toEqual(new Set(ids));
    expect(most).toBe(3);
    expect(Math.max(...asked)).toBe(3);
  });

  it('stop – waits for what is in the making, takes nothing more', async () => {
    const making = Promise.withResolvers<unknown>();
    const { told, asked } = startWith([lease('a'), lease('b')], () => making.promise, 1);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    let stopped = false;
    const stopping = dispatcher!.stop().then(() => {
      stopped = true;
    });
    await setImmediate();
    expect(stopped).toBe(false);
    making.resolve('a picture');
    await stopping;
    expect(told).toEqual([['a', 'a picture']]);
    expect(asked).toHaveLength(1);
  });

  it('stop – a task that is handed out in that moment is made', async () => {
    const waiting: Lease[] = [];
    const { told, asked } = startWith(waiting, async () => 'a picture', 1);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    const stopping = dispatcher!.stop();
    waiting.push(lease('late'));
    await stopping;
    expect(told).toEqual([['late', 'a picture']]);
    expect(asked).toHaveLength(1);
  });

  it('stop – the task service hangs – is not waited for longer than three seconds', async () => {
    vi.useFakeTimers();
    try {
      const { tasks } = startWith([], async () => 'a picture');
      const hangs = Promise.withResolvers<never>();
      tasks.leaseTasks = (_input: unknown, context?: { signal?: AbortSignal }) => {
        context!.signal!.addEventListener('abort', () => hangs.reject(context!.signal!.reason));
        return hangs.promise;
      };
      await vi.advanceTimersByTimeAsync(POLL_MS);
      let stopped = false;
      const stopping = dispatcher!.stop().then(() => {
        stopped = true;
      });
      await vi.advanceTimersByTimeAsync(2_999);
      expect(stopped).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      await stopping;
    } finally {
      vi.useRealTimers();
    }
  });

  it('the task service is away for a moment – the outcome is told again', async () => {
    const { tasks, told } = startWith([lease('a')], async () => 'a picture');
    tasks.completeTask.mockRejectedValueOnce(new ProblemError('UNAVAILABLE', 'away'));
    await vi.waitFor(() => expect(told).toEqual([['a', 'a picture']]), 3_000);
    expect(tasks.completeTask).toHaveBeenCalledTimes(2);
  });

  it('the outcome comes too late – it is not told again, and what was stored goes', async () => {
    const making = Promise.withResolvers<unknown>();
    const { tasks, log, discard } = startWith([lease('a', 3)], () => making.promise);
    tasks.completeTask.mockRejectedValueOnce(new ProblemError('STALE_ATTEMPT', 'too late'));
    making.resolve('a picture');
    await vi.waitFor(() => expect(tasks.completeTask).toHaveBeenCalledOnce());
    await dispatcher!.stop();
    expect(tasks.completeTask).toHaveBeenCalledOnce();
    expect(discard).toHaveBeenCalledExactlyOnceWith('a', 3);
    expect(log.warn).not.toHaveBeenCalled();
  });
});

describe('traces of the dispatcher', () => {
  type SpanExporter = NonNullable<TracingOptions['spanExporter']>;
  type ReadableSpan = Parameters<SpanExporter['export']>[0][number];
  const request = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

  /** A task that was asked for by a recorded request or by one that is not, and what is recorded of its making. */
  async function dispatchOne(trace: string | undefined, make: (id: string, context?: CallContext) => Promise<unknown>) {
    const spans: ReadableSpan[] = [];
    const spanExporter: SpanExporter = {
      export(batch, done) {
        spans.push(...batch);
        done({ code: 0 });
      },
      shutdown: async () => {},
    };
    const tracing = createTracing({ service: 'test', exporter: 'none', sampleRatio: 1, spanExporter });
    const { told } = startWith([{ ...lease('a', 3), ...(trace && { trace }) }], make, 2, tracing);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    await dispatcher!.stop();
    await tracing.shutdown();
    return spans;
  }

  it('a recorded request – its making is a trace of its own, linked to it, of which the maker is told', async () => {
    let seen: (string | undefined)[] = [];
    const spans = await dispatchOne(request, async (_id, context) => {
      seen = [context?.trace && traceparentOf(context.trace), activeStep() && traceparentOf(activeStep()!)];
    });
    const { traceId, spanId } = spans[0]!.spanContext();
    expect(spans).toMatchObject([
      {
        ...{ name: 'make task', kind: 4, status: { code: 0 }, attributes: { 'task.id': 'a', 'task.attempt': 3 } },
        links: [{ context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) } }],
      },
    ]);
    expect(traceId).not.toBe('a'.repeat(32));
    expect(seen).toEqual(Array(2).fill(`00-${traceId}-${spanId}-01`));
  });

  it('a making that fails – so does its trace', async () => {
    const spans = await dispatchOne(request, () => Promise.reject(new ProblemError('EMPTY_TEXT', 'no word')));
    expect(spans).toMatchObject([
      { status: { code: 2, message: 'no word' }, attributes: { 'error.type': 'EMPTY_TEXT' } },
    ]);
  });

  it('a request that is not recorded – nor is its making', async () => {
    let sampled: boolean | undefined;
    const make = async (_id: string, context?: CallContext) => {
      sampled = context?.trace?.sampled;
    };
    expect(await dispatchOne(undefined, make)).toEqual([]);
    expect(sampled).toBe(false);
  });
});
