import { MAX_NODES, MAX_STATE_BYTES } from './limits.ts';
import { MessageType } from './message-types.ts';
import { MAX_UINT16, MAX_UINT32, reader } from './msgpack-reader.ts';
import { KEYS, writer } from './msgpack-writer.ts';
import { structOf } from './struct.ts';
import { WireError } from './wire-error.ts';

/** A row of the node table. */
export interface NodeRecord {
  name: string;
  /** 4 or 16 bytes of IP address. */
  addr: Uint8Array;
  /** 0: the port that is one's own. */
  port: number;
  meta: Uint8Array | null;
  incarnation: number;
  /** 0 alive, 1 suspect, 2 dead, 3 left. */
  state: number;
  vsn: Uint8Array | null;
}

/** All that a node knows of the cluster. */
export interface PushPull {
  /** Whether the sender wants to become a member by it. */
  join: boolean;
  nodes: NodeRecord[];
  /** The application's bytes. */
  userState: Buffer;
}

const NO_BYTES = new Uint8Array(0);

const HEADER = structOf('Nodes', 'UserStateLen', 'Join');
const RECORD = structOf('Name', 'Addr', 'Port', 'Meta', 'Incarnation', 'State', 'Vsn');

/** @throws WireError TOO_LARGE for what no peer would take */
export function encodePushPull({ join, nodes, userState }: PushPull): Buffer {
  checkPushPull(nodes.length, userState.length);
  writer.begin(MessageType.pushPull).map(3);
  writer.boolField(KEYS.Join, join);
  writer.intField(KEYS.Nodes, nodes.length);
  writer.intField(KEYS.UserStateLen, userState.length);
  for (const record of nodes) writeRecord(record);
  writer.raw(userState);
  return writer.finish();
}

/** What follows the header of a push/pull in the same stream. */
export interface PushPullHeader {
  nodes: number;
  userStateLen: number;
  join: boolean;
}

/** @param message from its type byte on; may go on behind the header @throws WireError */
export function decodePushPullHeader(message: Buffer): PushPullHeader {
  const header: PushPullHeader = { nodes: 0, userStateLen: 0, join: false };
  for (let left = reader.open(message, 1).struct(); left > 0; left--) {
    const field = reader.field(HEADER);
    if (field === 'Nodes') header.nodes = reader.int();
    else if (field === 'UserStateLen') header.userStateLen = reader.int();
    else if (field === 'Join') header.join = reader.bool();
    else reader.skip();
  }
  checkPushPull(header.nodes, header.userStateLen);
  return header;
}

function checkPushPull(nodes: number, userStateLen: number): void {
  if (nodes < 0 || nodes > MAX_NODES) {
    throw new WireError('TOO_LARGE', `number of nodes in header (${nodes}) exceeds limit`);
  }
  if (userStateLen < 0 || userStateLen > MAX_STATE_BYTES) {
    throw new WireError('TOO_LARGE', `user state length (${userStateLen}) exceeds limit`);
  }
}

/** @returns with a view of the user state @throws WireError */
export function decodePushPull(message: Buffer): PushPull {
  const { nodes: count, userStateLen, join } = decodePushPullHeader(message);
  const nodes: NodeRecord[] = [];
  while (nodes.length < count) nodes.push(readRecord());
  return { join, nodes, userState: reader.rest(userStateLen, 'user state') };
}

export function encodeNodeRecord(record: NodeRecord): Buffer {
  writer.begin();
  writeRecord(record);
  return writer.finish();
}

/** @param bytes without a type byte @throws WireError */
export function decodeNodeRecord(bytes: Buffer): NodeRecord {
  reader.open(bytes, 0);
  return readRecord();
}

function writeRecord(record: NodeRecord): void {
  writer.map(7);
  writer.bytesField(KEYS.Addr, record.addr);
  writer.uintField(KEYS.Incarnation, record.incarnation);
  writer.bytesField(KEYS.Meta, record.meta);
  writer.stringField(KEYS.Name, record.name);
  writer.uintField(KEYS.Port, record.port);
  writer.intField(KEYS.State, record.state);
  writer.bytesField(KEYS.Vsn, record.vsn);
}

function readRecord(): NodeRecord {
  const record: NodeRecord = { name: '', addr: NO_BYTES, port: 0, meta: null, incarnation: 0, state: 0, vsn: null };
  for (let left = reader.struct(); left > 0; left--) {
    switch (reader.field(RECORD)) {
      case 'Addr':
        record.addr = reader.bytes() ?? NO_BYTES;
        break;
      case 'Incarnation':
        record.incarnation = reader.uint(MAX_UINT32);
        break;
      case 'Meta':
        record.meta = reader.bytes();
        break;
      case 'Name':
        record.name = reader.string();
        break;
      case 'Port':
        record.port = reader.uint(MAX_UINT16);
        break;
      case 'State':
        record.state = reader.int();
        break;
      case 'Vsn':
        record.vsn = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return record;
}
