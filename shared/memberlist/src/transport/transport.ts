import type { Address } from '../addresses.ts';

/** What a transport calls when something arrives. */
export interface TransportHandlers {
  /** A packet; the bytes are the receiver's to keep. */
  onPacket(packet: Buffer, from: Address): void;
  /** Someone connected. */
  onConnection(connection: Connection): void;
  /** A packet could not be sent that nobody asks about. */
  onSendError(error: Error): void;
}

/** Packets and connections between nodes. The standard one is UDP and TCP on the same port. */
export interface Transport {
  /** Where it listens. */
  readonly bound: Address;
  /**
   * Sends a packet, which may get lost.
   *
   * @param onError called, at once or later, when this machine could not send it; without it, `onSendError` of the handlers is
   */
  send(packet: Buffer, to: Address, onError?: (error: Error) => void): void;
  /** Connects. Failures are told to the connection's `onClose`. */
  dial(to: Address): Connection;
  close(): Promise<void>;
}

/** A stream of bytes to another node. */
export interface Connection {
  readonly remote: Address;
  /** Set once, before anything can arrive. */
  listen(listener: ConnectionListener): void;
  /** Queues bytes, also before the connection stands. */
  write(bytes: Buffer): void;
  /** Ends after what was written has been sent. */
  end(): void;
  /** Ends at once. */
  destroy(): void;
}

export interface ConnectionListener {
  onData(chunk: Buffer): void;
  /** Called once when no more can come. */
  onClose(error: Error | undefined): void;
}

/** Opens a transport that listens at `bind`. */
export type TransportFactory = (bind: Address, handlers: TransportHandlers) => Promise<Transport>;
