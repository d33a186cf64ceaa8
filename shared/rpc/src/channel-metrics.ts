import { Counter, Gauge, type Metrics } from '@wordcloud/telemetry';
import type { BreakerState } from './instance-breaker.ts';

/** Counts what channels do, besides the calls themselves, which `createClient` measures. */
export interface ChannelMetrics {
  retried(service: string): void;
  hedged(service: string): void;
  lackedInstance(service: string): void;
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
    help: 'Calls that found no instance to take them',
    labelNames: ['target'],
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
    lackedInstance: (target) => lacks.inc({ target }),
    breakerChanged(target, instance, next) {
      changes.inc({ id: target, state: next.replace('-', '') });
      state.set({ target, instance }, STATE_VALUES[next]);
    },
    forgotten: (target, instance) => state.remove({ target, instance }),
  };
}
