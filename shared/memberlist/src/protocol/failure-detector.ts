import type { Timer } from '../clock.ts';
import { startTicker } from '../clock.ts';
import { Probe, type ProbeParts } from './probe.ts';

/**
 * Probes one node in each interval, going round the table in an order that is shuffled after each round, so that each node is
 * probed within a bounded time.
 *
 * @see SWIM, section 4.3
 */
export class FailureDetector {
  readonly #parts: ProbeParts;
  #ticker: Timer | undefined;
  #next = 0;
  #probe: Probe | undefined;
  /** A tick came while a probe was running; further ones are lost. */
  #isTickWaiting = false;
  #lastTick: number | undefined;

  constructor(parts: ProbeParts) {
    this.#parts = parts;
  }

  start(): void {
    const { clock, random, probeIntervalMs } = this.#parts.context.config;
    this.#ticker = startTicker(
      clock,
      random,
      () => probeIntervalMs,
      () => this.#tick(),
    );
  }

  stop(): void {
    this.#ticker?.cancel();
    this.#ticker = undefined;
    this.#isTickWaiting = false;
    this.#probe?.cancel();
  }

  #tick(): void {
    this.#watchLoop();
    if (this.#probe) this.#isTickWaiting = true;
    else this.#probeNext();
  }

  /** Probes the next node whose turn it is, if there is one. */
  #probeNext(): void {
    const { membership, config } = this.#parts.context;
    const { table } = membership;
    for (let examined = 0; examined < table.size; examined++) {
      if (this.#next >= table.size) {
        this.#next = 0;
        this.#reap();
      }
      const entry = table.entries[this.#next++];
      if (!entry?.isLive || entry.name === config.name) continue;
      this.#probe = new Probe(this.#parts, entry, () => {
        this.#probe = undefined;
        if (!this.#isTickWaiting) return;
        this.#isTickWaiting = false;
        // Not at once: the probe that ended has something to say first.
        config.clock.after(0, () => {
          if (this.#ticker && !this.#probe) this.#probeNext();
        });
      });
      return;
    }
  }

  /** Forgets the dead and brings the table into a new order. */
  #reap(): void {
    const { membership, config } = this.#parts.context;
    const now = config.clock.now();
    membership.table.reap(
      (entry) => !entry.isLive && entry.name !== config.name && now - entry.changedAt > config.gossipToTheDeadMs,
    );
  }

  /** A process that cannot keep its own time should trust itself less (ours; Lifeguard knows only lost answers). */
  #watchLoop(): void {
    const { config, membership, warn } = this.#parts.context;
    const now = config.clock.now();
    const lag = this.#lastTick === undefined ? 0 : now - this.#lastTick - config.probeIntervalMs;
    this.#lastTick = now;
    config.meter.sample('loopLag', Math.max(0, lag));
    if (lag <= config.probeTimeoutMs / 2) return;
    membership.awareness.apply(1);
    warn({
      code: 'EVENT_LOOP_LAG',
      message: `this process was held up for ${Math.round(lag)} ms and may have missed answers: it has too much to do, or was stopped`,
    });
  }
}
