import { MessageType } from './message-types.ts';
import { MAX_UINT16, MAX_UINT32, reader } from './msgpack-reader.ts';
import { KEYS, writer } from './msgpack-writer.ts';
import { structOf } from './struct.ts';

/** Somebody gets no answer from a node. */
export interface Suspect {
  /** The node's, as far as known; 32 bits. */
  incarnation: number;
  node: string;
  /** Who says so. */
  from: string;
}

/** A node is given up, or says good-bye when `from` is itself. */
export interface Dead {
  incarnation: number;
  node: string;
  from: string;
}

/** What a node says of itself. */
export interface Alive {
  incarnation: number;
  node: string;
  /** 4 or 16 bytes of IP address; peers compare them, so they must go on as they came. */
  addr: Uint8Array;
  port: number;
  /** The application's bytes. */
  meta: Uint8Array | null;
  /** Protocol min, max, current; delegate min, max, current. Old peers send fewer or none. */
  vsn: Uint8Array | null;
}

const NO_BYTES = new Uint8Array(0);

const ACCUSATION = structOf('Incarnation', 'Node', 'From');
const ALIVE = structOf('Incarnation', 'Node', 'Addr', 'Port', 'Meta', 'Vsn');

export const encodeSuspect = (suspect: Suspect): Buffer => encodeAccusation(MessageType.suspect, suspect);
export const encodeDead = (dead: Dead): Buffer => encodeAccusation(MessageType.dead, dead);
/** @throws WireError */
export const decodeSuspect = (message: Buffer): Suspect => decodeAccusation(message);
/** @throws WireError */
export const decodeDead = (message: Buffer): Dead => decodeAccusation(message);

function encodeAccusation(type: number, { incarnation, node, from }: Suspect): Buffer {
  writer.begin(type).map(3);
  writer.stringField(KEYS.From, from);
  writer.uintField(KEYS.Incarnation, incarnation);
  writer.stringField(KEYS.Node, node);
  return writer.finish();
}

function decodeAccusation(message: Buffer): Suspect {
  const accusation: Suspect = { incarnation: 0, node: '', from: '' };
  for (let left = reader.open(message, 1).struct(); left > 0; left--) {
    switch (reader.field(ACCUSATION)) {
      case 'From':
        accusation.from = reader.string();
        break;
      case 'Incarnation':
        accusation.incarnation = reader.uint(MAX_UINT32);
        break;
      case 'Node':
        accusation.node = reader.string();
        break;
      default:
        reader.skip();
    }
  }
  return accusation;
}

export function encodeAlive(alive: Alive): Buffer {
  writer.begin(MessageType.alive).map(6);
  writer.bytesField(KEYS.Addr, alive.addr);
  writer.uintField(KEYS.Incarnation, alive.incarnation);
  writer.bytesField(KEYS.Meta, alive.meta);
  writer.stringField(KEYS.Node, alive.node);
  writer.uintField(KEYS.Port, alive.port);
  writer.bytesField(KEYS.Vsn, alive.vsn);
  return writer.finish();
}

/** @throws WireError */
export function decodeAlive(message: Buffer): Alive {
  const alive: Alive = { incarnation: 0, node: '', addr: NO_BYTES, port: 0, meta: null, vsn: null };
  for (let left = reader.open(message, 1).struct(); left > 0; left--) {
    switch (reader.field(ALIVE)) {
      case 'Addr':
        alive.addr = reader.bytes() ?? NO_BYTES;
        break;
      case 'Incarnation':
        alive.incarnation = reader.uint(MAX_UINT32);
        break;
      case 'Meta':
        alive.meta = reader.bytes();
        break;
      case 'Node':
        alive.node = reader.string();
        break;
      case 'Port':
        alive.port = reader.uint(MAX_UINT16);
        break;
      case 'Vsn':
        alive.vsn = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return alive;
}
