import type { Config } from '../config.ts';
import { type BroadcastSource, userMessage } from './packet-sender.ts';

/** What the application's own gossip has to say; each message costs one byte more, for its type. */
export function delegateBroadcasts({ delegate, logger }: Config): BroadcastSource {
  // The application is asked for one packet at most: it knows of no other limit.
  return (overhead, _all, limit) => {
    if (!delegate.broadcasts || limit <= overhead + 1) return [];
    let left = limit;
    const messages: Buffer[] = [];
    for (const payload of delegate.broadcasts(overhead + 1, limit)) {
      left -= payload.length + overhead + 1;
      if (left < 0) {
        logger.error({ limit }, 'the delegate gave more broadcasts than fit; the rest is dropped');
        break;
      }
      messages.push(userMessage(payload));
    }
    return messages;
  };
}
