/**
 * The recorded step that the running code belongs to, for what is called too deep inside to be handed a context: the database, the object
 * store, the log. It is entered only for steps that are recorded; all others find nothing here, which costs them next to nothing.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Attributes } from '@opentelemetry/api';
import { preciseNow } from './precise-clock.ts';
import type { Outcome, Recorder } from './recorder.ts';
import type { TraceContext } from './trace-headers.ts';

interface ActiveStep {
  /** Whose step it is: several services may run in one process. */
  tracing: Recorder;
  context: TraceContext;
}

const steps = new AsyncLocalStorage<ActiveStep>();

/** Does work as a part of a step, so that it finds the step as the active one. A step that is not recorded is not entered. */
export function inStep<T>(tracing: Recorder | undefined, context: TraceContext | undefined, work: () => T): T {
  return tracing && context?.sampled ? steps.run({ tracing, context }, work) : work();
}

/** @returns the active step */
export const activeStep = (): TraceContext | undefined => steps.getStore()?.context;

export interface SpanDescription {
  name: string;
  /** `client` asks another system; default `internal`. */
  kind?: 'client' | 'internal';
  attributes?: Attributes;
  /** Messages of errors may tell what must not be told, as a value: only their code or class is noted. Default false. */
  hidesMessages?: boolean;
}

/** Adds what is known only later. */
export type Note = (attributes: Attributes) => void;

const ignore: Note = () => {};

/**
 * Does work as a span of its own within the active step; without one, just does it.
 *
 * @param describe called only when there is a span; must hold no secret
 * @param work gets the span as a step, for the calls of other services that it makes; its failure is the span's
 * @example
 * await inSpan(() => ({ name: 'store', attributes: { 'task.id': id } }), () => store(picture));
 */
export function inSpan<T>(
  describe: () => SpanDescription,
  work: (note: Note, step?: TraceContext) => Promise<T>,
): Promise<T> {
  const active = steps.getStore();
  return active === undefined ? work(ignore) : record(active, describe(), work);
}

async function record<T>(
  { tracing, context }: ActiveStep,
  { name, kind, attributes, hidesMessages = false }: SpanDescription,
  work: (note: Note, step?: TraceContext) => Promise<T>,
): Promise<T> {
  const step =
    kind === 'client' ? tracing.startClient(name, context, attributes) : tracing.startPart(name, context, attributes);
  const outcome: Outcome = { hidesMessage: hidesMessages };
  const note: Note = (more) => {
    outcome.attributes = { ...outcome.attributes, ...more };
  };
  try {
    return await steps.run({ tracing, context: step }, () => work(note, step));
  } catch (error) {
    outcome.error = error ?? 'unknown';
    throw error;
  } finally {
    tracing.end(step, outcome);
  }
}

/**
 * Notes a part of the active step that is over.
 *
 * @param ms how long it took
 * @param endedMsAgo default 0: just now
 */
export function notePart(name: string, ms: number, endedMsAgo = 0, attributes?: Attributes): void {
  const active = steps.getStore();
  if (active === undefined) return;
  const endTime = preciseNow() - endedMsAgo;
  active.tracing.end(active.tracing.startPart(name, active.context, attributes, endTime - ms), { endTime });
}
