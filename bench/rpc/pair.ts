import type { CallerKind } from './callers.ts';
import type { Order } from './client.ts';
import type { Measurement } from './measure.ts';
import { Worker } from './processes.ts';
import type { ServerKind, ServerState } from './server.ts';

export interface PairMeasurement extends Measurement {
  /** Microseconds of the server's process for one call. */
  serverCpuPerCall: number;
}

/** Seconds in which code is compiled, and in which connections that were idle are made again; neither is measured. */
const [WARM_UP_SECONDS, LEAD_SECONDS] = [2, 0.1];

/** A process that calls and one that is called, with nobody else in them: no code is compiled for another one's data. */
export class Pair {
  readonly #server: Worker;
  readonly #client: Worker;

  private constructor(server: Worker, client: Worker) {
    this.#server = server;
    this.#client = client;
  }

  /**
   * @param collector address to which spans are sent
   * @param concurrency to warm up with
   * @param execArgv options of Node for both processes
   */
  static async start(
    kinds: { client: CallerKind; server: ServerKind },
    collector: string,
    concurrency: number,
    execArgv: readonly string[],
  ): Promise<Pair> {
    const server = new Worker('server.ts', [kinds.server, collector], execArgv);
    let client: Worker | undefined;
    try {
      const { addresses } = await server.ask<ServerState>({});
      client = new Worker('client.ts', [kinds.client, collector, ...addresses], execArgv);
      await order(client, { concurrency, seconds: WARM_UP_SECONDS });
      return new Pair(server, client);
    } catch (error) {
      await client?.end();
      await server.end();
      throw error;
    }
  }

  async measure(concurrency: number, seconds: number): Promise<PairMeasurement> {
    await order(this.#client, { concurrency, seconds: LEAD_SECONDS });
    const before = await this.#server.ask<ServerState>({});
    const measured = await order(this.#client, { concurrency, seconds });
    const after = await this.#server.ask<ServerState>({});
    return { ...measured, serverCpuPerCall: (after.cpu - before.cpu) / measured.calls };
  }

  async end(): Promise<void> {
    await this.#client.end();
    await this.#server.end();
  }
}

const order = (client: Worker, what: Order) => client.ask<Measurement>(what);
