import type { Discovery } from '@wordcloud/discovery';
import { Gauge, type Metrics } from '@wordcloud/telemetry';

/** How many instances of each service are known, by status; asked when somebody scrapes. */
export function measureNetwork(discovery: Discovery, { registry }: Metrics): void {
  new Gauge({
    name: 'discovery_instances',
    help: 'Instances that this process knows, by service and status (up, suspect, draining)',
    labelNames: ['target', 'status'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { service, status } of discovery.instances()) this.inc({ target: service, status });
    },
  });
  new Gauge({
    name: 'discovery_registry_up',
    help: 'Whether a registry answers: 1, or 0 while what was known last holds',
    labelNames: ['mode'],
    registers: [registry],
    collect() {
      for (const [mode, { away }] of Object.entries(discovery.registries())) this.set({ mode }, away ? 0 : 1);
    },
  });
}
