/** All messages: what they hold, and how they are written and read. */
export * from './probe-messages.ts';
export * from './push-pull.ts';
export * from './state-messages.ts';
export * from './stream-messages.ts';
