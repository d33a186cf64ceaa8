import type { ServiceInstance } from './instance.ts';

/** What a service says of itself; the registry adds the rest. */
export interface OwnService {
  readonly service: string;
  /** Where other services call it; the host only where the registry does not know it. */
  readonly host?: string;
  readonly port: number;
  /** Before the path of every operation, as `/seg`; default: none. */
  readonly rootPath?: string;
  readonly version: string;
  readonly weight?: number;
  readonly zone?: string;
  readonly startedAt: number;
  readonly data?: Readonly<Record<string, string>>;
}

/** One's own entry in one registry. */
export interface Entry {
  /** Says that the service is about to end, or wants another share of work. */
  update(changes: { draining?: boolean; weight?: number }): Promise<void>;
  /** Takes the entry out. */
  remove(): Promise<void>;
}

/**
 * One kind of registry. Only what differs from registry to registry is in a driver; trying again, remembering and telling what changed is
 * in `Discovery`.
 */
export interface Driver {
  /** `memberlist`, `static`: the name by which settings choose it. */
  readonly mode: string;
  /** Absent where services cannot register themselves. Rejects when it did not work; it is tried again then. */
  register?(service: OwnService): Promise<Entry>;
  /**
   * All instances of all services, now and after every change. Ends with the signal; throws when the registry is away, and is called
   * again then.
   */
  watch(signal: AbortSignal): AsyncIterable<readonly ServiceInstance[]>;
  /** Says good-bye, and goes on telling what it hears. Absent where taking out the entries is enough. */
  leave?(): Promise<void>;
  /** What people may want to know of it: its own name, numbers of members and messages. */
  state?(): Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}
