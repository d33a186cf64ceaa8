import type { Address } from '../addresses.ts';
import type { Config } from '../config.ts';
import { MemberlistError } from '../errors.ts';
import { addressText } from '../node.ts';
import { createStreamReader, type StreamMessage, sealStream } from '../wire/stream.ts';
import { WireError } from '../wire/wire-error.ts';
import type { Connection, Transport } from './transport.ts';

export interface Exchange {
  /** Ends it without another word. */
  cancel(): void;
}

/**
 * Connects, sends one message and reads one answer; `done` is called once, unless it was cancelled.
 *
 * @param timeoutMs for the whole, from now
 */
export function exchange(
  { config, transport }: { config: Config; transport: Transport },
  to: Address,
  message: Buffer,
  timeoutMs: number,
  done: (error: Error | undefined, answer?: StreamMessage) => void,
): Exchange {
  const { clock, meter } = config;
  const reader = createStreamReader(config, 'dialler');
  const connection = transport.dial(to);
  meter.count('tcp.connect');
  const cancel = () => {
    timer.cancel();
    connection.listen({ onData() {}, onClose() {} });
    connection.destroy();
  };
  const settle = (error: Error | undefined, answer?: StreamMessage) => {
    cancel();
    done(error, answer);
  };
  const timer = clock.after(timeoutMs, () =>
    settle(new MemberlistError('TIMEOUT', `${addressText(to)} did not answer within ${timeoutMs} ms`)),
  );
  connection.listen({
    onData(chunk) {
      meter.count('tcp.received', chunk.length);
      let answer: StreamMessage | undefined;
      try {
        answer = reader.push(chunk);
      } catch (error) {
        settle(explainReply(error, to));
        return;
      }
      if (answer) settle(undefined, answer);
    },
    onClose: (error) => settle(error ? unreachable(error, to) : closedSilently(to, config.label)),
  });
  write(connection, message, config);
  return { cancel };
}

/** Sends one message that gets no answer. */
export function sendOneWay(
  { config, transport }: { config: Config; transport: Transport },
  to: Address,
  message: Buffer,
  done: (error: Error | undefined) => void,
): void {
  const connection = transport.dial(to);
  config.meter.count('tcp.connect');
  const timer = config.clock.after(config.tcpTimeoutMs, () => {
    connection.listen({ onData() {}, onClose() {} });
    connection.destroy();
    done(
      new MemberlistError('TIMEOUT', `${addressText(to)} did not take the message within ${config.tcpTimeoutMs} ms`),
    );
  });
  connection.listen({
    onData() {},
    onClose(error) {
      timer.cancel();
      done(error ? unreachable(error, to) : undefined);
    },
  });
  write(connection, message, config);
  connection.end();
}

function write(connection: Connection, message: Buffer, config: Config): void {
  const bytes = sealStream(message, config, 'dialler');
  config.meter.count('tcp.sent', bytes.length);
  connection.write(bytes);
}

const unreachable = (cause: Error, to: Address): MemberlistError =>
  new MemberlistError('UNREACHABLE', `cannot reach ${addressText(to)} over TCP: ${cause.message}`, { cause });

/** Upstream says nothing to those with another label. */
const closedSilently = (to: Address, label: string): MemberlistError =>
  new MemberlistError(
    'NO_ANSWER',
    `${addressText(to)} closed the connection without an answer; most likely its label is not ${
      label ? `"${label}"` : 'empty as this node’s is'
    }, or it is no memberlist node`,
  );

function explainReply(error: unknown, to: Address): MemberlistError {
  const where = addressText(to);
  const cause = error as WireError;
  if (error instanceof WireError && error.code === 'NO_KEY') {
    return new MemberlistError('WRONG_KEY', `the answer of ${where} cannot be decrypted: ${cause.message}`, { cause });
  }
  if (error instanceof WireError && error.code === 'REMOTE_ENCRYPTED') {
    return new MemberlistError('WRONG_KEY', `${where} encrypts, and this node has no keys: ${cause.message}`, {
      cause,
    });
  }
  if (error instanceof WireError && error.code === 'NOT_ENCRYPTED') {
    return new MemberlistError('WRONG_KEY', `${where} answered without encryption: ${cause.message}`, { cause });
  }
  return new MemberlistError('BAD_REPLY', `the answer of ${where} cannot be read: ${cause.message}`, { cause });
}
