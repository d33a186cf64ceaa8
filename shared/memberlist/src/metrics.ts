/** Names as upstream's, where it has the same. */
export type CounterName =
  | 'tcp.accept'
  | 'tcp.connect'
  | 'tcp.sent'
  | 'tcp.received'
  | 'udp.sent'
  | 'udp.received'
  | 'packets.sent'
  | 'packets.received'
  | 'packets.rejected'
  | 'msg.alive'
  | 'msg.suspect'
  | 'msg.dead'
  | 'msg.user'
  | 'degraded.probe'
  | 'probe.failed'
  | 'probe.tcpOnly'
  | 'refuted'
  | 'rejoin';

/** Durations in milliseconds, sizes in bytes. */
export type SampleName = 'probeNode' | 'pushPullNode' | 'gossip' | 'size.local' | 'size.remote' | 'loopLag';

/** Hooks for a metrics library. */
export interface Metrics {
  count?(name: CounterName, value: number): void;
  sample?(name: SampleName, value: number): void;
}

/** Keeps the sums of the counters and passes everything on. */
export class Meter {
  readonly #hooks: Metrics;
  readonly #sums: Partial<Record<CounterName, number>> = {};

  constructor(hooks: Metrics = {}) {
    this.#hooks = hooks;
  }

  count(name: CounterName, value = 1): void {
    this.#sums[name] = (this.#sums[name] ?? 0) + value;
    this.#hooks.count?.(name, value);
  }

  sample(name: SampleName, value: number): void {
    this.#hooks.sample?.(name, value);
  }

  get sums(): Readonly<Partial<Record<CounterName, number>>> {
    return { ...this.#sums };
  }
}
