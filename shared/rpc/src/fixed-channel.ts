import { createStaticDriver, Discovery } from '@wordcloud/discovery';
import { type BalancedChannelOptions, createBalancedChannel } from './balanced-channel.ts';
import type { Channel } from './channel.ts';

export interface FixedChannelOptions extends Omit<BalancedChannelOptions, 'discovery'> {
  /** `http://host:port`, one or several. */
  origin: string | readonly string[];
}

/** A channel to addresses that are known beforehand, for programs and tests that need no registry. */
export function createFixedChannel(service: string, { origin, ...options }: FixedChannelOptions): Channel {
  const discovery = new Discovery([createStaticDriver({ [service]: [origin].flat() })]);
  const channel = createBalancedChannel(service, { ...options, discovery });
  return {
    async send(request) {
      await discovery.ready();
      return channel.send(request);
    },
    async close() {
      await channel.close();
      await discovery.close();
    },
  };
}
