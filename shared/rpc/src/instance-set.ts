import type { Discovery, ServiceInstance } from '@wordcloud/discovery';
import type { ChannelMetrics } from './channel-metrics.ts';
import { RemoteInstance, type RemoteInstanceOptions } from './remote-instance.ts';

export interface InstanceSetOptions extends Omit<RemoteInstanceOptions, 'onBreaker'> {
  metrics: ChannelMetrics | undefined;
}

/** The instances of one service, following discovery: who comes gets connections, who goes loses them. */
export class InstanceSet {
  /** Also those that take no calls now. */
  all: readonly RemoteInstance[] = [];
  readonly #service: string;
  readonly #discovery: Discovery;
  readonly #options: InstanceSetOptions;
  /** Gone from discovery, with calls in hand. */
  readonly #leaving = new Set<RemoteInstance>();

  constructor(service: string, discovery: Discovery, options: InstanceSetOptions) {
    this.#service = service;
    this.#discovery = discovery;
    this.#options = options;
    for (const instance of discovery.instances(service)) this.#add(instance);
    discovery.on('change', this.#onChange);
  }

  readonly #onChange = (change: 'added' | 'changed' | 'removed', instance: ServiceInstance) => {
    if (instance.service !== this.#service) return;
    if (change === 'removed') return this.#remove(instance.id);
    const known = this.all.find(({ id }) => id === instance.id);
    if (known === undefined) return this.#add(instance);
    // The same name, another process: nothing that is known of the old one holds for it.
    if (known.described.baseUrl !== instance.baseUrl || known.described.startedAt !== instance.startedAt) {
      this.#remove(instance.id);
      this.#add(instance);
    } else known.described = instance;
  };

  #add(instance: ServiceInstance): void {
    const { metrics, ...options } = this.#options;
    const onBreaker: RemoteInstanceOptions['onBreaker'] = (state) =>
      metrics?.breakerChanged(this.#service, instance.id, state);
    this.all = [...this.all, new RemoteInstance(instance, { ...options, onBreaker })];
    metrics?.added(this.#service, instance.id);
  }

  #remove(id: string): void {
    const instance = this.all.find((known) => known.id === id);
    if (instance === undefined) return;
    this.all = this.all.filter((known) => known !== instance);
    this.#options.metrics?.forgotten(this.#service, id);
    // Who announced its leaving finishes what it has in hand; who vanished will not answer any more.
    this.#leaving.add(instance);
    void instance.close(instance.described.status === 'draining').finally(() => this.#leaving.delete(instance));
  }

  /** For people: the state of each instance, in the order of their ids. */
  state() {
    return this.all
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((instance) => {
        const [p50, p95, p99] = instance.durations.quantiles([0.5, 0.95, 0.99]);
        const { id, baseUrl, status, version, zone, startedAt } = instance.described;
        return {
          id,
          baseUrl,
          status,
          version,
          zone,
          startedAt,
          weight: instance.described.weight,
          breaker: instance.breakerState,
          inFlight: instance.inFlight,
          calls: instance.calls,
          faults: instance.faults,
          latencyMs: { p50, p95, p99 },
        };
      });
  }

  /** Calls under way end. */
  async close(): Promise<void> {
    this.#discovery.off('change', this.#onChange);
    const open = [...this.all, ...this.#leaving];
    for (const { id } of this.all) this.#options.metrics?.forgotten(this.#service, id);
    this.all = [];
    await Promise.all(open.map((instance) => instance.close(false)));
  }
}
