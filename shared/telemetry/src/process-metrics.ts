/** What Node's default metrics leave out of a process. */
import { totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

export function measureProcess(registry: Registry): void {
  measureEventLoop(registry);
  new Gauge({
    name: 'process_memory_limit_bytes',
    help: 'Memory that the process may use: that of its container, else that of the machine',
    registers: [registry],
    collect() {
      this.set(memoryLimit());
    },
  });
}

/**
 * How long the event loop worked and how long it had nothing to do, as counters: however often and by whomever they are read, the rate of
 * the one divided by the rates of both is the share of the time in which it was busy.
 */
function measureEventLoop(registry: Registry): void {
  const counter = (state: 'active' | 'idle', help: string) =>
    new Counter({
      name: `event_loop_${state}_seconds_total`,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(performance.eventLoopUtilization()[state] / 1000);
      },
    });
  counter('active', 'Time in which the event loop worked');
  counter('idle', 'Time in which the event loop waited for something to do');
}

/** Where a container has no limit, Node says 0 or something near 2^64. */
function memoryLimit(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
