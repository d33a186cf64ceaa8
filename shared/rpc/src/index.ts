/** Typed clients for the operations of the services, over balanced channels: deadlines, retries, breakers, hedging, error mapping. */
export {
  type BalancedChannel,
  type BalancedChannelOptions,
  type ChannelState,
  createBalancedChannel,
} from './balanced-channel.ts';
export type { Channel, ChannelReply, ChannelRequest } from './channel.ts';
export { type ChannelMetrics, createChannelMetrics } from './channel-metrics.ts';
export { type CallContext, type Client, type ClientOptions, createClient } from './client.ts';
export { DEADLINE_HEADER } from './deadline.ts';
export { createFixedChannel, type FixedChannelOptions } from './fixed-channel.ts';
