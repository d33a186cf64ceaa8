/** The first byte of every message. The meanings up to 13 are those of upstream, in its order. */
export const MessageType = {
  ping: 0,
  indirectPing: 1,
  ack: 2,
  suspect: 3,
  alive: 4,
  dead: 5,
  pushPull: 6,
  compound: 7,
  user: 8,
  compress: 9,
  encrypt: 10,
  nack: 11,
  crc: 12,
  error: 13,
  /** Far from all others and from the versions of encryption, so that a label can be told from either. */
  label: 244,
} as const;

type MessageTypeName = keyof typeof MessageType;

const NAMES = new Map<number, MessageTypeName>(
  Object.entries(MessageType).map(([name, type]) => [type, name as MessageTypeName]),
);

/** @returns the name of a type, such as `alive`, or `type 14` for one that is not known */
export const messageTypeName = (type: number): string => NAMES.get(type) ?? `type ${type}`;
