/** Metrics of a process (prom-client): one registry, the default Node metrics, and the measures of HTTP on both sides. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { measureProcess } from './process-metrics.ts';

export { Counter, Gauge, Histogram };

/** Seconds: from a cache hit to a word cloud of a whole book. */
export const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface Metrics {
  readonly registry: Registry;
  /**
   * One HTTP request answered. `route` is the pattern, never the raw path, so that labels stay few; `operation` is the id in the contract,
   * the same as in the caller's measurement, or empty.
   */
  observeRequest(labels: { method: string; route: string; operation: string; status: number }, seconds: number): void;
  /** One call of another service, whatever came of it. */
  observeCall(labels: { service: string; operation: string; outcome: string }, seconds: number): void;
}

/**
 * @param service name of the service, a label of every metric
 * @param options.processMetrics also collect memory, event loop and garbage collection; default true (tests turn it off)
 */
export function createMetrics(service: string, options: { processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  if (options.processMetrics ?? true) {
    collectDefaultMetrics({ register: registry });
    measureProcess(registry);
  }

  // go-doudou's names, so that its dashboards keep working.
  const requests = new Counter({
    name: 'go_doudou_http_request_count',
    help: 'HTTP requests answered',
    labelNames: ['method', 'path', 'operation', 'status'],
    registers: [registry],
  });
  const requestSeconds = new Histogram({
    name: 'go_doudou_http_response_time_seconds',
    help: 'Time until an HTTP request was answered',
    labelNames: ['method', 'path', 'operation'],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  const callSeconds = new Histogram({
    name: 'rpc_client_call_duration_seconds',
    help: 'Time until a call of another service ended, by outcome (ok, or the error code)',
    labelNames: ['target', 'operation', 'outcome'],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });

  return {
    registry,
    observeRequest({ method, route, operation, status }, seconds) {
      requests.inc({ method, path: route, operation, status });
      requestSeconds.observe({ method, path: route, operation }, seconds);
    },
    observeCall({ service: target, operation, outcome }, seconds) {
      callSeconds.observe({ target, operation, outcome }, seconds);
    },
  };
}
