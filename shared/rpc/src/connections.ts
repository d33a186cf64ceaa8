import type { Operation } from '@wordcloud/contracts';
import { type Dispatcher, Pool } from 'undici';
import { gatheringConnector } from './gather-writes.ts';

/** Bytes of an answer at most: larger than any of a service of ours, and what memory can bear. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Quick calls share so few connections, each with so many under way (HTTP pipelining). */
const [SHARED_CONNECTIONS, PIPELINED] = [4, 16];

export interface ConnectionsOptions {
  /** Connections at most, besides the few that quick calls share. */
  connections: number;
  connectTimeoutMs: number;
}

/**
 * The connections to one instance. Quick calls (`Operation.quick`) share a few: writing and reading many at once takes half the time that one
 * by one takes. All others have a connection to themselves while they last: behind a slow answer, nobody waits.
 */
export class Connections {
  readonly #own: Pool;
  readonly #shared: Pool;

  constructor(origin: string, { connections, connectTimeoutMs }: ConnectionsOptions) {
    const common = {
      // Each attempt has a timer of its own; undici's would cut long polls.
      headersTimeout: 0,
      bodyTimeout: 0,
      // Below the server's keep-alive time-out, so that a connection is not used in the moment it is closed.
      keepAliveTimeout: 4_000,
      maxResponseSize: MOST_BYTES,
    };
    this.#own = new Pool(origin, { ...common, connections, connect: { timeout: connectTimeoutMs } });
    this.#shared = new Pool(origin, {
      ...common,
      connections: SHARED_CONNECTIONS,
      pipelining: PIPELINED,
      connect: gatheringConnector(connectTimeoutMs),
    });
  }

  /** Where undici must send an operation, and how. When a shared connection breaks, undici itself sends again what was behind. */
  of({ quick, idempotent }: Operation): { pool: Dispatcher; isShared: boolean } {
    const isShared = quick === true && idempotent;
    return { pool: isShared ? this.#shared : this.#own, isShared };
  }

  /** Once what is under way has been answered. */
  async close(): Promise<void> {
    await Promise.all([this.#own.close(), this.#shared.close()]);
  }

  /** At once: what is under way fails with this. */
  async destroy(error: Error): Promise<void> {
    await Promise.all([this.#own.destroy(error), this.#shared.destroy(error)]);
  }
}
