/**
 * Takes waiting tasks from the queue and has them made. Every bff runs one; the leases see to it that no two have the
 * same task. What a maker could not even begin goes back uncounted; what failed on the way is tried again later; what can
 * never succeed fails at once, with a sentence for its owner.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type ErrorCode, isProblem, type Lease, ProblemError } from '@wordcloud/contracts';
import { inStep, type TraceContext, type Tracing } from '@wordcloud/telemetry';
import type { MakerService, TaskService } from './ports.ts';

/** The text, the mask or the options are at fault: making it again would fail again. */
const HOPELESS: ErrorCode[] = ['EMPTY_TEXT', 'NOT_TEXT', 'TOO_LARGE', 'BAD_MASK', 'NO_DRAWABLE_WORDS', 'INVALID_INPUT'];
/** Nobody was there to begin: that is not the task's fault. */
const NOT_BEGUN: ErrorCode[] = ['NO_INSTANCE', 'OVERLOADED', 'SHUTTING_DOWN'];
/** Another attempt has the task, or its owner has deleted it. */
const GIVEN_UP: ErrorCode[] = ['STALE_ATTEMPT', 'NOT_FOUND'];

/** Who stops lets the last question be answered, so that no task is handed out to nobody: it must not take long. */
const LEASE_WAIT_MS = 1_000;
/** A task service that hangs is waited for no longer; what it may yet lease, it gives back itself, since the caller is gone. */
const LAST_ANSWER_MS = 3_000;
const PAUSE_MS = 500;

export interface DispatcherOptions {
  tasks: TaskService;
  maker: MakerService;
  /** Names this dispatcher in the task service's log. */
  name: string;
  /** Tasks in the making at the same time. */
  concurrency: number;
  /** Removes what an attempt has stored that nobody wants any more. */
  discard: (taskId: string, attempt: number) => Promise<void>;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  tracing: Tracing;
}

export interface Dispatcher {
  /** Stops taking tasks, within about a second, at most three; resolves when those in the making are done. */
  stop(): Promise<void>;
}

export function startDispatcher(options: DispatcherOptions): Dispatcher {
  const stopping = new AbortController();
  const hangingUp = new AbortController();
  const running = new Set<Promise<void>>();

  let isAway = false;
  const takeTasks = async (limit: number): Promise<Lease[]> => {
    const { tasks, name, log } = options;
    try {
      const body = { dispatcher: name, limit, waitMs: LEASE_WAIT_MS };
      const { leases } = await tasks.leaseTasks({ body }, { signal: hangingUp.signal });
      isAway = false;
      return leases;
    } catch (error) {
      if (!isAway) log.warn({ code: isProblem(error) ? error.code : undefined }, 'no tasks can be taken; trying again');
      isAway = true;
      await pause(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {});
      return [];
    }
  };

  const loop = async () => {
    while (!stopping.signal.aborted) {
      const free = options.concurrency - running.size;
      if (free === 0) {
        await Promise.race(running);
        continue;
      }
      for (const lease of await takeTasks(free)) {
        const work = dispatchRecorded(options, lease).finally(() => running.delete(work));
        running.add(work);
      }
    }
  };
  const looping = loop();

  return {
    async stop() {
      stopping.abort(new Error('the dispatcher stops'));
      const hangUp = setTimeout(() => hangingUp.abort(new Error('the dispatcher stops')), LAST_ANSWER_MS);
      await looping;
      clearTimeout(hangUp);
      await Promise.all(running);
    },
  };
}

/** Each attempt is a trace of its own, linked to the request that asked for it, and recorded if that is. */
async function dispatchRecorded(options: DispatcherOptions, lease: Lease): Promise<void> {
  const { tracing } = options;
  const request = lease.trace === undefined ? undefined : tracing.extract({ traceparent: lease.trace });
  const trace = tracing.startConsumer('make task', request, {
    'messaging.operation.type': 'process',
    'messaging.destination.name': 'tasks',
    'task.id': lease.task.id,
    'task.attempt': lease.attempt,
  });
  const error = await inStep(tracing, trace, () => dispatch(options, lease, trace));
  tracing.end(trace, { error });
}

/**
 * Never throws: whatever happens is told to the task service, or left to the end of the lease.
 *
 * @returns why nothing was made
 */
async function dispatch(
  options: DispatcherOptions,
  { task, attempt }: Lease,
  trace: TraceContext,
): Promise<ProblemError | undefined> {
  const { tasks, maker, log } = options;
  const params = { taskId: task.id, attempt };
  const context = { requestId: `${task.id}.${attempt}`, trace };
  const { sourceKey, maskKey, compareKey, options: cloudOptions } = task;
  const keys = { sourceKey, maskKey, ...(compareKey && { compareKey }) };
  let failure: ProblemError | undefined;
  let tell: () => Promise<unknown>;
  try {
    const made = await maker.make({ body: { ...params, ...keys, options: cloudOptions } }, context);
    tell = () => tasks.completeTask({ params, body: made }, context);
  } catch (error) {
    failure = isProblem(error) ? error : new ProblemError('INTERNAL', String(error));
    const { code, message, sent } = failure;
    if (GIVEN_UP.includes(code)) {
      log.info({ ...params, code }, 'attempt given up');
      return failure;
    }
    const notBegun = NOT_BEGUN.includes(code) || !sent;
    const retry = HOPELESS.includes(code) ? 'never' : notBegun ? 'uncounted' : 'later';
    log.warn({ ...params, code, retry }, `making failed: ${message}`);
    tell = () => tasks.failTask({ params, body: { error: { code, detail: message }, retry } }, context);
  }
  try {
    const isWanted = await tellInsistently(tell);
    if (!isWanted) await options.discard(task.id, attempt);
  } catch (error) {
    log.warn({ ...params, err: error }, 'the outcome could not be told; the lease will end and the task be made again');
  }
  return failure;
}

/**
 * The task service may be restarting; for as long as the lease may live, telling it again is worth it.
 *
 * @returns false when nobody wants to know: the task was deleted or given to another attempt meanwhile
 */
async function tellInsistently(tell: () => Promise<unknown>): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      await tell();
      return true;
    } catch (error) {
      if (isProblem(error, ...GIVEN_UP)) return false;
      if (tries === 10) throw error;
      await pause(PAUSE_MS);
    }
  }
}
