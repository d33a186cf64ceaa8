/**
 * What is accepted at most. Nothing is ever allocated by a length that a peer claims, only by bytes that came; these limits
 * bound how many may come. Where not said otherwise they are those of upstream (net.go, label.go, security.go of v0.6).
 */

const MIB = 1024 * 1024;

/** A label's length is one byte. */
export const MAX_LABEL_BYTES = 255;

/** Node records of a push/pull. */
export const MAX_NODES = 1_048_576;

/** The application's state in a push/pull, and the length that an encrypted stream may announce. */
export const MAX_STATE_BYTES = 20 * MIB;

/** A message of the application on a stream. */
export const MAX_USER_MESSAGE_BYTES = 20 * MIB;

/** What compressed content may grow to: all the application's state, and as much again for the nodes. */
export const MAX_DECOMPRESSED_BYTES = 2 * MAX_STATE_BYTES;

/** A plain stream in all. Own limit, for upstream has none: as much as may come compressed. */
export const MAX_STREAM_BYTES = MAX_DECOMPRESSED_BYTES;

/** A ping, an ack, an error or a header on a stream. Own limit: what a datagram could hold. */
export const MAX_STREAM_HEADER_BYTES = 64 * 1024;

/** A part of a compound has a length of two bytes, */
export const MAX_COMPOUND_PART_BYTES = 0xffff;

/** and their number is one byte. */
export const MAX_COMPOUND_PARTS = 255;

/** How deep compounds and compression may lie in each other. Own limit: upstream makes at most two levels. */
export const MAX_NESTING = 8;

/** Messages in one packet. Own limit: as many as fit a datagram that is not compressed; upstream sends at most 255. */
export const MAX_PACKET_MESSAGES = 16_384;

/** Wrong parts after which the rest of a packet is left. Own limit: as many as are in a compound. */
export const MAX_PACKET_ERRORS = 255;

/** Packets below this never get smaller by compression (its frame takes 13 bytes or more), so it is not tried. */
export const MIN_COMPRESSED_BYTES = 64;
