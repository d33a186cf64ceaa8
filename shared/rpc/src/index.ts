/** Typed clients for the operations of the services: deadlines that travel, cancellation, error mapping. */
export type { Channel, ChannelReply, ChannelRequest } from './channel.ts';
export { type CallContext, type Client, type ClientOptions, createClient } from './client.ts';
export { DEADLINE_HEADER, type DeadlineSignal, deadlineSignal } from './deadline.ts';
export { createFixedChannel, type FixedChannelOptions } from './fixed-channel.ts';
