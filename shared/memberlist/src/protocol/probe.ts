import type { Timer } from '../clock.ts';
import { aliveOf } from '../membership/membership.ts';
import type { NodeEntry } from '../membership/node-entry.ts';
import { addressText } from '../node.ts';
import { type Exchange, exchange } from '../transport/exchange.ts';
import { type Ack, encodeIndirectPing, encodePing, encodeSuspect } from '../wire/messages.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { Context } from './context.ts';
import type { PacketSender } from './packet-sender.ts';
import { isRemoteFailure } from './send-failure.ts';

const TCP_PING_PROTOCOL = 3;
const NACK_PROTOCOL = 4;

export interface ProbeParts {
  context: Context;
  sender: PacketSender;
  acknowledgements: Acknowledgements;
  /** Rides along with each ping. */
  company: () => Buffer[];
}

/**
 * Asks one node whether it lives: directly; then through others and over TCP; and accuses it when nobody hears from it.
 *
 * @see SWIM, section 3.1; Lifeguard, section 4.1 (nacks), 4.3 (buddy system)
 */
export class Probe {
  readonly #parts: ProbeParts;
  readonly #target: NodeEntry;
  /** What it was when the probe began; news of it may come meanwhile. */
  readonly #incarnation: number;
  readonly #done: () => void;
  readonly #seqNo: number;
  readonly #started: number;
  /** The whole time it may take. */
  readonly #intervalMs: number;
  #timer: Timer | undefined;
  #tcpPing: Exchange | undefined;
  #tcpAnswered = false;
  #isDirect = true;
  #sentDirectly = true;
  #expectedNacks = 0;
  #nacks = 0;
  #isOver = false;

  /** @param done called once, when the node has answered or was accused */
  constructor(parts: ProbeParts, target: NodeEntry, done: () => void) {
    this.#parts = parts;
    this.#target = target;
    this.#incarnation = target.incarnation;
    this.#done = done;
    const { config, membership } = parts.context;
    this.#intervalMs = membership.awareness.scale(config.probeIntervalMs);
    this.#started = config.clock.now();
    this.#seqNo = parts.acknowledgements.next();
    if (membership.awareness.score > 0) config.meter.count('degraded.probe');
    parts.acknowledgements.expect(this.#seqNo, {
      onAck: (ack) => this.#answered(ack),
      onNack: () => {
        this.#nacks++;
      },
    });
    this.#timer = this.#after(config.probeTimeoutMs, () => this.#askOthers());
    this.#ping();
  }

  cancel(): void {
    this.#finish();
  }

  #ping(): void {
    const { context, sender, company } = this.#parts;
    const ping = encodePing({ seqNo: this.#seqNo, node: this.#target.name, ...sourceOf(context) });
    const onError = (error: Error) => this.#failedToSend(error);
    if (this.#target.state === 'alive') {
      sender.send(this.#target, [ping, ...company()], onError);
    } else {
      // The accused learns of the accusation with the question, so that it can refute at once.
      const accusation = encodeSuspect({
        incarnation: this.#incarnation,
        node: this.#target.name,
        from: context.config.name,
      });
      sender.sendAlone(this.#target, [ping, accusation], this.#target, onError);
    }
  }

  #failedToSend(error: Error): void {
    if (this.#isOver) return;
    const { logger } = this.#parts.context.config;
    logger.warn({ node: this.#target.name, error }, 'a ping could not be sent');
    if (isRemoteFailure(error)) {
      this.#sentDirectly = false;
      this.#timer?.cancel();
      this.#askOthers();
    } else this.#finish();
  }

  #answered(ack: Ack): void {
    if (this.#isOver) return;
    const { config, membership } = this.#parts.context;
    if (this.#isDirect) {
      const roundTripMs = config.clock.now() - this.#started;
      config.meter.sample('probeNode', roundTripMs);
      config.delegate.onProbe?.(this.#target.snapshot(), roundTripMs, ack.payload ?? new Uint8Array(0));
    }
    if (this.#sentDirectly) membership.awareness.apply(-1);
    this.#finish();
  }

  #askOthers(): void {
    this.#isDirect = false;
    const { context, sender } = this.#parts;
    const { config, membership } = context;
    const target = aliveOf(this.#target);
    const helpers = membership.table.pick(
      config.indirectChecks,
      (entry) => entry.name !== config.name && entry.name !== this.#target.name && entry.state === 'alive',
    );
    for (const helper of helpers) {
      const nack = helper.maxProtocol >= NACK_PROTOCOL;
      if (nack) this.#expectedNacks++;
      const message = encodeIndirectPing({
        seqNo: this.#seqNo,
        target: target.addr,
        port: this.#target.port,
        node: this.#target.name,
        nack,
        ...sourceOf(context),
      });
      sender.send(helper, [message]);
    }
    const left = Math.max(0, this.#started + this.#intervalMs - config.clock.now());
    if (config.tcpPings(this.#target.name) && this.#target.maxProtocol >= TCP_PING_PROTOCOL) this.#pingOverTcp(left);
    this.#timer = this.#after(left, () => this.#unanswered());
  }

  #pingOverTcp(timeoutMs: number): void {
    const { context } = this.#parts;
    const ping = encodePing({ seqNo: this.#seqNo, node: this.#target.name, ...sourceOf(context) });
    this.#tcpPing = exchange(context, this.#target, ping, timeoutMs, (error, answer) => {
      this.#tcpPing = undefined;
      if (error) context.config.logger.debug({ node: this.#target.name, error }, 'no answer over TCP');
      this.#tcpAnswered = answer?.kind === 'ack' && answer.seqNo === this.#seqNo;
    });
  }

  #unanswered(): void {
    const { context } = this.#parts;
    const { config, membership, warn } = context;
    if (this.#tcpAnswered) {
      config.meter.count('probe.tcpOnly');
      const where = addressText(this.#target);
      warn({
        code: 'UDP_UNREACHABLE',
        about: this.#target.name,
        message: `"${this.#target.name}" at ${where} answers over TCP but not over UDP: most likely a firewall drops UDP to or from port ${this.#target.port}`,
      });
      membership.awareness.apply(-1);
      this.#finish();
      return;
    }
    config.meter.count('probe.failed');
    // Where the helpers could be heard, it is not this node that is cut off.
    const missed = this.#expectedNacks - this.#nacks;
    if (this.#expectedNacks === 0) membership.awareness.apply(1);
    else if (missed > 0) membership.awareness.apply(missed);
    this.#finish();
    config.logger.info({ node: this.#target.name }, 'suspected: no answer to a probe');
    membership.suspect({ node: this.#target.name, incarnation: this.#incarnation, from: config.name });
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timer?.cancel();
    this.#parts.acknowledgements.forget(this.#seqNo);
    this.#tcpPing?.cancel();
    this.#done();
  }

  /**
   * A timer that this process could not serve in time says nothing of the other node: its answer may wait in the socket. So
   * there is a second wait, and the delay counts against this node's own health.
   */
  #after(ms: number, callback: () => void, mayWait = true): Timer {
    const { config, membership } = this.#parts.context;
    const due = config.clock.now() + ms;
    return config.clock.after(ms, () => {
      const late = config.clock.now() - due;
      if (mayWait && late > config.probeTimeoutMs / 2) {
        membership.awareness.apply(1);
        this.#timer = this.#after(config.probeTimeoutMs, callback, false);
      } else callback();
    });
  }
}

/** Who asks, for the answer. */
export function sourceOf({ config, membership }: Context): {
  sourceNode: string;
  sourceAddr?: Uint8Array;
  sourcePort?: number;
} {
  const { self } = membership;
  if (!self) return { sourceNode: config.name };
  return { sourceNode: config.name, sourceAddr: aliveOf(self).addr, sourcePort: self.port };
}
