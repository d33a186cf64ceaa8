import { addressText } from '../node.ts';
import type { Connection } from '../transport/transport.ts';
import { encodeAck, encodeError, type Ping } from '../wire/messages.ts';
import { createStreamReader, type StreamMessage, sealStream } from '../wire/stream.ts';
import type { WireError } from '../wire/wire-error.ts';
import { localState, mergeState } from './anti-entropy.ts';
import type { Context } from './context.ts';

/** So many messages may be on their way at the same time, for each may take megabytes. Upstream limits push/pulls so. */
const UNFINISHED_LIMIT = 128;

/** Answers what comes over connections. */
export class StreamHandler {
  readonly #context: Context;
  #unfinished = 0;

  constructor(context: Context) {
    this.#context = context;
  }

  handle(connection: Connection): void {
    const { config } = this.#context;
    config.meter.count('tcp.accept');
    const reader = createStreamReader(config, 'acceptor');
    const timer = config.clock.after(config.tcpTimeoutMs, () => connection.destroy());
    let isUnfinished = false;
    let isOver = false;
    let received = 0;
    connection.listen({
      onData: (chunk) => {
        if (isOver) return;
        config.meter.count('tcp.received', chunk.length);
        received += chunk.length;
        let message: StreamMessage | undefined;
        try {
          message = reader.push(chunk);
        } catch (error) {
          isOver = true;
          this.#reject(connection, error as WireError, reader.stage === 'layers');
          return;
        }
        if (!message && !isUnfinished) {
          if (this.#unfinished >= UNFINISHED_LIMIT) {
            isOver = true;
            config.logger.error({ limit: UNFINISHED_LIMIT }, 'too many messages at once; a connection is closed');
            connection.destroy();
            return;
          }
          isUnfinished = true;
          this.#unfinished++;
        }
        if (!message) return;
        isOver = true;
        if (message.kind === 'pushPull') config.meter.sample('size.remote', received);
        this.#answer(connection, message);
      },
      onClose: () => {
        timer.cancel();
        if (isUnfinished) this.#unfinished--;
      },
    });
  }

  #answer(connection: Connection, message: StreamMessage): void {
    const { config, emit } = this.#context;
    try {
      switch (message.kind) {
        case 'pushPull':
          // Upstream answers before it merges as well, so the other side does not learn of a refusal.
          this.#reply(connection, localState(this.#context, message.join));
          mergeState(this.#context, message);
          return;
        case 'user':
          config.meter.count('msg.user');
          connection.end();
          if (message.payload.length > 0) {
            emit('message', message.payload, { via: 'stream', from: connection.remote.address });
          }
          return;
        case 'ping':
          this.#answerPing(connection, message);
          return;
        default:
          connection.destroy();
      }
    } catch (error) {
      config.logger.warn({ error, from: addressText(connection.remote) }, 'a push/pull was not merged');
    }
  }

  #answerPing(connection: Connection, ping: Ping): void {
    const { name, logger } = this.#context.config;
    if (ping.node && ping.node !== name) {
      logger.warn({ node: ping.node, from: addressText(connection.remote) }, 'a ping for another node came here');
      connection.destroy();
      return;
    }
    this.#reply(connection, encodeAck({ seqNo: ping.seqNo, payload: null }));
  }

  /** @param isTold whether upstream tells the other side of such an error; who has another label learns nothing */
  #reject(connection: Connection, error: WireError, isTold: boolean): void {
    const { warn } = this.#context;
    const where = addressText(connection.remote);
    warn({
      code: 'STREAM_REJECTED',
      about: `${connection.remote.address} ${error.code}`,
      message: `a connection of ${where} is refused: ${error.message}`,
    });
    if (isTold) this.#reply(connection, encodeError({ error: error.message }));
    else connection.destroy();
  }

  #reply(connection: Connection, message: Buffer): void {
    const { config } = this.#context;
    const bytes = sealStream(message, config, 'acceptor');
    config.meter.count('tcp.sent', bytes.length);
    connection.write(bytes);
    connection.end();
  }
}
