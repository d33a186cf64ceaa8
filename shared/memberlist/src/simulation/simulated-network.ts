import type { Address } from '../addresses.ts';
import { addressText } from '../node.ts';
import type {
  Connection,
  ConnectionListener,
  Transport,
  TransportFactory,
  TransportHandlers,
} from '../transport/transport.ts';
import { PausableClock } from './pausable-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What goes wrong on the way. */
export interface NetworkConditions {
  /** Share of packets that are lost, 0 to 1. Connections lose nothing. */
  loss: number;
  /** Share of packets that come twice. */
  duplication: number;
  /** Milliseconds on the way, drawn evenly from this range; packets overtake each other within it. */
  delayMs: readonly [number, number];
}

interface Host {
  address: Address;
  handlers: TransportHandlers;
  clock: PausableClock;
  /** What came while it was stopped. */
  inbox: (() => void)[];
  isOpen: boolean;
}

/** A stopped process's socket holds so many packets. */
const INBOX_LIMIT = 2_000;

/** A network in memory, on a virtual clock: packets get lost, late, doubled and reordered; hosts are cut off, stopped and crash. */
export class SimulatedNetwork {
  readonly conditions: NetworkConditions;
  readonly #clock: VirtualClock;
  readonly #random: () => number;
  readonly #hosts = new Map<string, Host>();
  /** Which side a host is on; hosts on different sides do not hear each other. */
  readonly #sides = new Map<string, number>();
  /** A firewall for packets; connections pass. */
  dropPacket: (from: Address, to: Address) => boolean = () => false;
  packets = 0;
  bytes = 0;

  constructor(clock: VirtualClock, random: () => number, conditions: Partial<NetworkConditions> = {}) {
    this.#clock = clock;
    this.#random = random;
    this.conditions = { loss: 0, duplication: 0, delayMs: [0.2, 1], ...conditions };
  }

  /** A transport, and the clock of the process that uses it. */
  host(): { transport: TransportFactory; clock: PausableClock } {
    const clock = new PausableClock(this.#clock);
    return { clock, transport: async (bind, handlers) => this.#open(bind, handlers, clock) };
  }

  /** Cuts the network: each group hears only itself; hosts that are in none hear one another. */
  partition(...groups: readonly (readonly Address[])[]): void {
    this.#sides.clear();
    for (const [side, group] of groups.entries()) {
      for (const address of group) this.#sides.set(addressText(address), side + 1);
    }
  }

  heal(): void {
    this.#sides.clear();
  }

  /** Stops a process as SIGSTOP does: its timers stand still, what is sent to it waits. */
  pause(address: Address): void {
    this.#hosts.get(addressText(address))?.clock.pause();
  }

  /** As SIGCONT: first the timers that are due fire, then what waits is read; that is the hard order. */
  resume(address: Address): void {
    const host = this.#hosts.get(addressText(address));
    if (!host) return;
    host.clock.resume();
    for (const deliver of host.inbox.splice(0)) deliver();
  }

  #open(bind: Address, handlers: TransportHandlers, clock: PausableClock): Transport {
    const host: Host = { address: bind, handlers, clock, inbox: [], isOpen: true };
    this.#hosts.set(addressText(bind), host);
    return {
      bound: bind,
      send: (packet, to) => this.#send(host, Buffer.from(packet), to),
      dial: (to) => this.#dial(host, to),
      close: async () => {
        host.isOpen = false;
        if (this.#hosts.get(addressText(bind)) === host) this.#hosts.delete(addressText(bind));
      },
    };
  }

  #send(from: Host, packet: Buffer, to: Address): void {
    this.packets++;
    this.bytes += packet.length;
    const { loss, duplication } = this.conditions;
    const copies = this.#random() < duplication ? 2 : 1;
    for (let i = 0; i < copies; i++) {
      if (this.#random() < loss || this.dropPacket(from.address, to)) continue;
      this.#deliver(from, to, (host) => host.handlers.onPacket(packet, from.address));
    }
  }

  #deliver(from: Host, to: Address, arrive: (host: Host) => void, fail?: () => void): void {
    const [least, most] = this.conditions.delayMs;
    this.#clock.after(least + this.#random() * (most - least), () => {
      const host = this.#hosts.get(addressText(to));
      if (!host || !this.#canHear(from.address, to)) fail?.();
      else if (!host.clock.isPaused) arrive(host);
      else if (host.inbox.length < INBOX_LIMIT) host.inbox.push(() => host.isOpen && arrive(host));
    });
  }

  #canHear(a: Address, b: Address): boolean {
    return this.#sides.get(addressText(a)) === this.#sides.get(addressText(b));
  }

  /** Two ends of a connection; bytes arrive whole, in order, and a cut network lets them wait for ever. */
  #dial(from: Host, to: Address): Connection {
    const near = new SimulatedConnection(to);
    const far = new SimulatedConnection(from.address);
    const [least, most] = this.conditions.delayMs;
    const delay = least + this.#random() * (most - least);
    near.connect((action) => this.#travel(from, to, delay, action), far);
    far.connect((action) => this.#travel({ ...from, address: to }, from.address, delay, action), near);
    const isReachable = this.#canHear(from.address, to);
    if (isReachable && !this.#hosts.has(addressText(to))) {
      this.#clock.after(delay, () =>
        near.closed(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })),
      );
    } else if (isReachable) {
      this.#travel(from, to, delay, () => this.#hosts.get(addressText(to))?.handlers.onConnection(far));
    }
    return near;
  }

  #travel(from: Host, to: Address, delay: number, action: () => void): void {
    this.#clock.after(delay, () => {
      const host = this.#hosts.get(addressText(to));
      if (!host || !this.#canHear(from.address, to)) return;
      if (host.clock.isPaused) host.inbox.push(action);
      else action();
    });
  }
}

class SimulatedConnection implements Connection {
  readonly remote: Address;
  #listener: ConnectionListener | undefined;
  #travel: ((action: () => void) => void) | undefined;
  #other: SimulatedConnection | undefined;
  #isClosed = false;

  constructor(remote: Address) {
    this.remote = remote;
  }

  connect(travel: (action: () => void) => void, other: SimulatedConnection): void {
    this.#travel = travel;
    this.#other = other;
  }

  listen(listener: ConnectionListener): void {
    this.#listener = listener;
  }

  write(bytes: Buffer): void {
    const copy = Buffer.from(bytes);
    this.#travel?.(() => {
      if (!this.#other!.#isClosed) this.#other!.#listener?.onData(copy);
    });
  }

  end(): void {
    this.#travel?.(() => this.#other!.closed(undefined));
  }

  destroy(): void {
    if (this.#isClosed) return;
    this.end();
    this.closed(undefined);
  }

  closed(error: Error | undefined): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#listener?.onClose(error);
  }
}
