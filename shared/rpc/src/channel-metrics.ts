import { Counter, Gauge, type Metrics } from '@wordcloud/telemetry';
import type { BreakerState } from './instance-breaker.ts';

/** Counts what channels do, besides the calls themselves, which `createClient` measures. */
export interface ChannelMetrics {
  retried(service: string): void;
  hedged(service: string): void;
  /** @param isKnown instances are known, but none takes calls: their breakers are open, or they are about to end */
  lackedInstance(service: string, isKnown: boolean): void;
  /** There is an instance, whose breaker is closed. */
  added(service: string, instance: string): void;
  breakerChanged(service: string, instance: string, state: BreakerState): void;
  /** The instance is gone. */
  forgotten(service: string, instance: string): void;
}

const STATE_VALUES: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };

/** One for all channels of a process. Names are goresilience's where it has one, so that go-doudou's dashboards keep working. */
export function createChannelMetrics({ registry }: Pick<Metrics, 'registry'>): ChannelMetrics {
  const registers = [registry];
  const retries = new Counter({
    name: 'goresilience_retry_retries_total',
    help: 'Calls sent once more',
    labelNames: ['id'],
    registers,
  });
  const hedges = new Counter({
    name: 'rpc_client_hedges_total',
    help: 'Reads sent to a second instance since the first took long',
    labelNames: ['target'],
    registers,
  });
  const lacks = new Counter({
    name: 'rpc_client_no_instance_total',
    help: 'Calls that found no instance to take them, by reason (unknown: there is none; refusing: none takes calls)',
    labelNames: ['target', 'reason'],
    registers,
  });
  const changes = new Counter({
    name: 'goresilience_circuitbreaker_state_changes_total',
    help: 'Changes of the breakers of instances, by the state that began',
    labelNames: ['id', 'state'],
    registers,
  });
  const state = new Gauge({
    name: 'rpc_client_breaker_state',
    help: 'Breaker of an instance: 0 closed, 1 half open, 2 open',
    labelNames: ['target', 'instance'],
    registers,
  });
  return {
    retried: (id) => retries.inc({ id }),
    hedged: (target) => hedges.inc({ target }),
    lackedInstance: (target, isKnown) => lacks.inc({ target, reason: isKnown ? 'refusing' : 'unknown' }),
    added(target, instance) {
      state.set({ target, instance }, STATE_VALUES.closed);
      // A counter that begins with its first event has no rise that a query could see.
      retries.inc({ id: target }, 0);
      hedges.inc({ target }, 0);
      for (const began of Object.keys(STATE_VALUES)) changes.inc({ id: target, state: labelOf(began) }, 0);
      for (const reason of ['unknown', 'refusing']) lacks.inc({ target, reason }, 0);
    },
    breakerChanged(target, instance, next) {
      changes.inc({ id: target, state: labelOf(next) });
      state.set({ target, instance }, STATE_VALUES[next]);
    },
    forgotten: (target, instance) => state.remove({ target, instance }),
  };
}

/** As goresilience says it. */
const labelOf = (state: string) => state.replace('-', '');
