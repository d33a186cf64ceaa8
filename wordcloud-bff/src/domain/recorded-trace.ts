/** What the task service keeps of a request, so that the making can be linked to it. */
import { traceparentOf } from '@wordcloud/telemetry';
import type { CallContext } from './ports.ts';

/** @returns nothing for a request that is not recorded */
export function recordedTrace({ trace }: Pick<CallContext, 'trace'>): { trace?: string } {
  return trace?.sampled ? { trace: traceparentOf(trace) } : {};
}
