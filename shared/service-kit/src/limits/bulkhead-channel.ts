import { ProblemError } from '@wordcloud/contracts';
import type { Channel } from '@wordcloud/rpc';
import type { Bulkhead } from './bulkhead.ts';

/**
 * A channel that has only so many calls under way, so that one slow service cannot take all there is. Long polls pass by: they wait, and would
 * take the places of those that work. Time spent waiting is taken from the call's.
 *
 * `send` throws OVERLOADED, too, as `Bulkhead.run`.
 *
 * @param now milliseconds, any beginning; default performance.now
 */
export function bulkheadChannel(channel: Channel, bulkhead: Bulkhead, now = () => performance.now()): Channel {
  return {
    send(request) {
      if (request.operation.waits) return channel.send(request);
      const endsAt = now() + request.budgetMs;
      const send = async () => {
        const budgetMs = endsAt - now();
        if (budgetMs > 0) return channel.send({ ...request, budgetMs });
        throw new ProblemError('DEADLINE_EXCEEDED', `There was no time left to call ${request.operationId}.`, {
          sent: false,
        });
      };
      return bulkhead.run(send, request.signal, request.budgetMs);
    },
    close: () => channel.close(),
  };
}
