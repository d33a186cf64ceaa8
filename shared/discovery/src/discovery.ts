import { EventEmitter } from 'node:events';
import type { Driver, Entry, OwnService } from './driver.ts';
import type { ServiceInstance } from './instance.ts';

/** Milliseconds between attempts, doubled after each, up to the second. */
const [FIRST_RETRY_MS, LAST_RETRY_MS] = [200, 10_000];

export interface DiscoveryEvents {
  /** An instance came, changed or went. Also told by `instances()`. */
  change: [change: 'added' | 'changed' | 'removed', instance: ServiceInstance];
  /** A registry is away, or back. Meanwhile what was known last holds. */
  registry: [mode: string, state: 'away' | 'back', error?: Error];
}

export interface DiscoveryOptions {
  /** Waits, cancelled by the signal; for tests. */
  delay?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * What is known of all services, from one registry or several at once. Each registry heals by itself: where registering fails it is tried
 * again, and while a registry is away its last word holds.
 */
export class Discovery extends EventEmitter<DiscoveryEvents> {
  readonly #drivers: readonly Driver[];
  readonly #delay: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>[] = [];
  readonly #byMode = new Map<string, readonly ServiceInstance[]>();
  readonly #away = new Set<string>();
  readonly #entries: LastingEntry[] = [];
  #known: ReadonlyMap<string, ServiceInstance> = new Map();
  readonly #firstWords: Promise<unknown>;

  constructor(drivers: readonly Driver[], { delay = sleep }: DiscoveryOptions = {}) {
    super();
    this.#drivers = drivers;
    this.#delay = delay;
    const firstWords = drivers.map((driver) => {
      const first = Promise.withResolvers<void>();
      this.#running.push(this.#follow(driver, first.resolve));
      return first.promise;
    });
    this.#firstWords = Promise.all(firstWords);
  }

  /** Resolves when every registry has been heard once. */
  async ready(): Promise<void> {
    await this.#firstWords;
  }

  /** All instances, or those of one service, in the order of their ids; also those that should not be called now. */
  instances(service?: string): ServiceInstance[] {
    const all = [...this.#known.values()];
    return (service === undefined ? all : all.filter((instance) => instance.service === service)).toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    );
  }

  /**
   * Registers a service in every registry that takes registrations.
   *
   * @returns at once; where it does not work now it is tried until it does
   */
  register(service: OwnService): Entry {
    const entries = this.#drivers
      .filter((driver) => driver.register !== undefined)
      .map((driver) => new LastingEntry(driver, service, (work) => this.#persist(driver.mode, work)));
    this.#entries.push(...entries);
    return {
      update: async (changes) => void (await Promise.all(entries.map((entry) => entry.update(changes)))),
      remove: async () => void (await Promise.all(entries.map((entry) => entry.remove()))),
    };
  }

  /**
   * Takes this process out of all registries, so that nobody calls it any more; what the others do is followed until `close`.
   *
   * @returns when everybody could know; errors of one registry do not keep the others from being left
   */
  async leave(): Promise<void> {
    await Promise.allSettled(
      this.#drivers.map(async (driver) => {
        if (driver.leave) return driver.leave();
        await Promise.all(this.#entries.filter((entry) => entry.driver === driver).map((entry) => entry.remove()));
      }),
    );
  }

  /** State of each registry, by mode. */
  registries(): Record<string, Readonly<Record<string, unknown>>> {
    return Object.fromEntries(
      this.#drivers.map(({ mode, state }) => [mode, { away: this.#away.has(mode), ...state?.() }]),
    );
  }

  /** Ends all; errors of one do not keep the others from being left. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([...this.#drivers.map((driver) => driver.close()), ...this.#running]);
  }

  async #follow(driver: Driver, heard: () => void): Promise<void> {
    const { signal } = this.#closing;
    await this.#persist(driver.mode, async () => {
      for await (const snapshot of driver.watch(signal)) {
        if (this.#away.delete(driver.mode)) this.emit('registry', driver.mode, 'back');
        this.#byMode.set(driver.mode, snapshot);
        this.#update();
        heard();
      }
      if (!signal.aborted) throw new Error('the registry ended the conversation');
    });
  }

  /** Tries until it works, or until all is closed. */
  async #persist(mode: string, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#closing;
    for (let wait = FIRST_RETRY_MS; !signal.aborted; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
      try {
        await work();
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!this.#away.has(mode)) this.emit('registry', mode, 'away', error as Error);
        this.#away.add(mode);
        await this.#delay(wait, signal).catch(() => {});
      }
    }
  }

  /** Puts the words of all registries together, the first registry's before the others', and tells what is different. */
  #update(): void {
    const next = new Map<string, ServiceInstance>();
    const places = new Set<string>();
    for (const { mode } of this.#drivers) {
      for (const instance of this.#byMode.get(mode) ?? []) {
        // The same instance may be known to several registries.
        const place = `${instance.service} ${instance.baseUrl}`;
        if (places.has(place)) continue;
        places.add(place);
        next.set(instance.id, instance);
      }
    }
    const before = this.#known;
    this.#known = next;
    for (const [id, instance] of before) if (!next.has(id)) this.emit('change', 'removed', instance);
    for (const [id, instance] of next) {
      const old = before.get(id);
      if (old === undefined) this.emit('change', 'added', instance);
      else if (JSON.stringify(old) !== JSON.stringify(instance)) this.emit('change', 'changed', instance);
    }
  }
}

/** An entry in one registry that is made as soon as the registry lets it, and changed in the order of the calls. */
class LastingEntry implements Entry {
  readonly driver: Driver;
  readonly #persist: (work: () => Promise<void>) => Promise<void>;
  #entry: Entry | undefined;
  #isRemoved = false;
  #last: Promise<void>;

  constructor(driver: Driver, service: OwnService, persist: (work: () => Promise<void>) => Promise<void>) {
    this.driver = driver;
    this.#persist = persist;
    this.#last = persist(async () => {
      if (!this.#isRemoved) this.#entry = await driver.register!(service);
    });
  }

  update(changes: { draining?: boolean; weight?: number }): Promise<void> {
    return this.#then(async () => this.#entry?.update(changes));
  }

  remove(): Promise<void> {
    this.#isRemoved = true;
    return this.#then(async () => this.#entry?.remove());
  }

  #then(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(() => this.#persist(work));
    return this.#last;
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        done();
      },
      { once: true },
    );
  });
}
