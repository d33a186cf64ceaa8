import type { Discovery, ServiceInstance } from '@wordcloud/discovery';

/** Milliseconds for which an instance that went away is still shown. */
const GONE_KEPT_MS = 10 * 60_000;

/** So many of those that went away at most, the latest. */
const GONE_KEPT = 100;

/** So many changes of each instance, the latest. */
const CHANGES_KEPT = 5;

/** As discovery says, or `gone`: no registry knows it any more. */
export type RegistryStatus = ServiceInstance['status'] | 'gone';

/** An instance took a status. */
export interface StatusChange {
  readonly status: RegistryStatus;
  /** Milliseconds since 1970, by the clock of this process. */
  readonly at: number;
}

/** What is remembered of one instance. */
export interface InstanceRecord {
  /** As last seen. */
  readonly instance: ServiceInstance;
  readonly status: RegistryStatus;
  /** Milliseconds since 1970 at which this process learned of the status. */
  readonly since: number;
  /** The latest ones, oldest first; the last is the present one. */
  readonly changes: readonly StatusChange[];
}

/**
 * Follows discovery and remembers since when each instance has its status, and for a while also who went away: at most 100 of them, for 10
 * minutes. Those that were there before it began have their status since then. Lives as long as the discovery that it follows.
 */
export class RegistryHistory {
  readonly #now: () => number;
  readonly #present = new Map<string, InstanceRecord>();
  /** Those that went first come first. */
  readonly #gone = new Map<string, InstanceRecord>();

  /** @param now milliseconds since 1970 */
  constructor(discovery: Discovery, now: () => number) {
    this.#now = now;
    for (const instance of discovery.instances()) this.#see(instance);
    discovery.on('change', (change, instance) => (change === 'removed' ? this.#lose(instance) : this.#see(instance)));
  }

  /** One for each instance, in no order. */
  records(): InstanceRecord[] {
    this.#forget();
    return [...this.#present.values(), ...this.#gone.values()];
  }

  #see(instance: ServiceInstance): void {
    const { id, status } = instance;
    const known = this.#present.get(id) ?? this.#gone.get(id);
    this.#gone.delete(id);
    // Another process under the same id is up since now, though nobody saw the old one go.
    const isSame = known?.status === status && known.instance.startedAt === instance.startedAt;
    this.#present.set(id, isSame ? { ...known, instance } : this.#changed(instance, status, known));
  }

  #lose(instance: ServiceInstance): void {
    const known = this.#present.get(instance.id);
    this.#present.delete(instance.id);
    this.#gone.set(instance.id, this.#changed(instance, 'gone', known));
    this.#forget();
  }

  #changed(instance: ServiceInstance, status: RegistryStatus, known: InstanceRecord | undefined): InstanceRecord {
    const since = this.#now();
    const changes = [...(known?.changes ?? []), { status, at: since }].slice(-CHANGES_KEPT);
    return { instance, status, since, changes };
  }

  #forget(): void {
    const oldest = this.#now() - GONE_KEPT_MS;
    for (const [id, { since }] of this.#gone) {
      if (this.#gone.size <= GONE_KEPT && since > oldest) return;
      this.#gone.delete(id);
    }
  }
}
