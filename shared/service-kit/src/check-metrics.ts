import { setTimeout as pause } from 'node:timers/promises';
import { Gauge, type Metrics } from '@wordcloud/telemetry';

/** Who scrapes waits some seconds in all: what hangs must not hide everything else. */
const PATIENCE_MS = 2_000;

/** Whether each thing that the service needs works, asked when somebody scrapes. */
export function measureChecks(
  checks: Readonly<Record<string, () => Promise<unknown>>>,
  { registry }: Pick<Metrics, 'registry'>,
  patienceMs: number = PATIENCE_MS,
): void {
  if (Object.keys(checks).length === 0) return;
  new Gauge({
    name: 'readiness_check_up',
    help: 'Whether what the service needs works, by check: 1, or 0 when it does not or does not answer in time',
    labelNames: ['check'],
    registers: [registry],
    async collect() {
      const asking = Object.entries(checks).map(async ([check, ask]) => {
        const over = new AbortController();
        const works = await Promise.race([
          ask().then(
            () => true,
            () => false,
          ),
          pause(patienceMs, false, { signal: over.signal }).catch(() => false),
        ]);
        over.abort();
        this.set({ check }, works ? 1 : 0);
      });
      await Promise.all(asking);
    },
  });
}
