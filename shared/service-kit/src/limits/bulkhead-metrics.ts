import { Counter, Gauge, type Metrics } from '@wordcloud/telemetry';

export interface BulkheadLoad {
  name: string;
  /** Pieces of work at once. */
  workers: number;
  /** Pieces of work under way. */
  running: number;
  waiting: number;
}

/** Counts what bulkheads do; `id` is the bulkhead's name. */
export interface BulkheadMetrics {
  /** Work has come. */
  queued(id: string): void;
  /** Work has begun. */
  processed(id: string): void;
  waitedTooLong(id: string): void;
  foundFull(id: string): void;
  /** Asked when somebody scrapes. */
  watch(load: () => BulkheadLoad): void;
}

/** One for all bulkheads of a process. Names are goresilience's where it has one, so that go-doudou's dashboards keep working. */
export function createBulkheadMetrics({ registry }: Pick<Metrics, 'registry'>): BulkheadMetrics {
  const counter = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ['id'], registers: [registry] });
  const queued = counter('goresilience_bulkhead_queued_total', 'Work that came, whether or not it had to wait');
  const processed = counter('goresilience_bulkhead_processed_total', 'Work that began');
  const timeouts = counter('goresilience_bulkhead_timeouts_total', 'Work refused since it had waited too long');
  const full = counter('bulkhead_full_total', 'Work refused since too much waited already');

  const loads: (() => BulkheadLoad)[] = [];
  const gauge = (name: string, help: string, read: (load: BulkheadLoad) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['id'],
      registers: [registry],
      collect() {
        for (const load of loads.map((ask) => ask())) this.set({ id: load.name }, read(load));
      },
    });
  gauge('bulkhead_places', 'Work that may be under way at once', ({ workers }) => workers);
  gauge('bulkhead_running', 'Work that is under way', ({ running }) => running);
  gauge('bulkhead_waiting', 'Work that waits', ({ waiting }) => waiting);

  return {
    queued: (id) => queued.inc({ id }),
    processed: (id) => processed.inc({ id }),
    waitedTooLong: (id) => timeouts.inc({ id }),
    foundFull: (id) => full.inc({ id }),
    watch(load) {
      loads.push(load);
      const { name: id } = load();
      // A counter that begins with its first event has no rise that a query could see.
      for (const refusals of [timeouts, full]) refusals.inc({ id }, 0);
    },
  };
}
