import { MessageType } from './message-types.ts';
import { MAX_UINT16, MAX_UINT32, reader } from './msgpack-reader.ts';
import { KEYS, writer } from './msgpack-writer.ts';
import { structOf } from './struct.ts';

/** Where an answer shall go, if not to where the datagram came from. */
export interface Source {
  /** 4 or 16 bytes of IP address. */
  sourceAddr?: Uint8Array | undefined;
  sourcePort?: number | undefined;
  sourceNode?: string | undefined;
}

/** Are you there? On packets and streams. */
export interface Ping extends Source {
  /** 32 bits. */
  seqNo: number;
  /** Who is asked: others do not answer. Empty asks anybody. */
  node: string;
}

/** Ask that node for me. */
export interface IndirectPing extends Source {
  seqNo: number;
  /** IP address of the node to ask. */
  target: Uint8Array;
  /** 0: the port that is one's own. */
  port: number;
  node: string;
  /** Whether an answer is wanted when that node gives none. */
  nack: boolean;
}

export interface Ack {
  seqNo: number;
  /** The application's bytes; null where there are none. */
  payload: Uint8Array | null;
}

/** The node that I was to ask gives no answer. */
export interface Nack {
  seqNo: number;
}

const NO_BYTES = new Uint8Array(0);

const PING = structOf('SeqNo', 'Node', 'SourceAddr', 'SourcePort', 'SourceNode');
const INDIRECT_PING = structOf('SeqNo', 'Target', 'Port', 'Node', 'Nack', 'SourceAddr', 'SourcePort', 'SourceNode');
const ACK = structOf('SeqNo', 'Payload');
const NACK = structOf('SeqNo');

export function encodePing(ping: Ping): Buffer {
  writer.begin(MessageType.ping).map(2 + sourceFields(ping));
  writer.stringField(KEYS.Node, ping.node);
  writer.uintField(KEYS.SeqNo, ping.seqNo);
  writeSource(ping);
  return writer.finish();
}

/** @param message with its type byte, as for all `decode` functions @throws WireError */
export function decodePing(message: Buffer): Ping {
  const ping: Ping = { seqNo: 0, node: '', sourceAddr: undefined, sourcePort: undefined, sourceNode: undefined };
  for (let left = reader.open(message, 1).struct(); left > 0; left--) {
    switch (reader.field(PING)) {
      case 'Node':
        ping.node = reader.string();
        break;
      case 'SeqNo':
        ping.seqNo = reader.uint(MAX_UINT32);
        break;
      case 'SourceAddr':
        ping.sourceAddr = reader.bytes() ?? undefined;
        break;
      case 'SourceNode':
        ping.sourceNode = reader.string();
        break;
      case 'SourcePort':
        ping.sourcePort = reader.uint(MAX_UINT16);
        break;
      default:
        reader.skip();
    }
  }
  return ping;
}

export function encodeIndirectPing(ping: IndirectPing): Buffer {
  writer.begin(MessageType.indirectPing).map(5 + sourceFields(ping));
  writer.boolField(KEYS.Nack, ping.nack);
  writer.stringField(KEYS.Node, ping.node);
  writer.uintField(KEYS.Port, ping.port);
  writer.uintField(KEYS.SeqNo, ping.seqNo);
  writeSource(ping);
  writer.bytesField(KEYS.Target, ping.target);
  return writer.finish();
}

/** @throws WireError */
export function decodeIndirectPing(message: Buffer): IndirectPing {
  const ping: IndirectPing = {
    seqNo: 0,
    target: NO_BYTES,
    port: 0,
    node: '',
    nack: false,
    sourceAddr: undefined,
    sourcePort: undefined,
    sourceNode: undefined,
  };
  for (let left = reader.open(message, 1).struct(); left > 0; left--) {
    switch (reader.field(INDIRECT_PING)) {
      case 'Nack':
        ping.nack = reader.bool();
        break;
      case 'Node':
        ping.node = reader.string();
        break;
      case 'Port':
        ping.port = reader.uint(MAX_UINT16);
        break;
      case 'SeqNo':
        ping.seqNo = reader.uint(MAX_UINT32);
        break;
      case 'SourceAddr':
        ping.sourceAddr = reader.bytes() ?? undefined;
        break;
      case 'SourceNode':
        ping.sourceNode = reader.string();
        break;
      case 'SourcePort':
        ping.sourcePort = reader.uint(MAX_UINT16);
        break;
      case 'Target':
        ping.target = reader.bytes() ?? NO_BYTES;
        break;
      default:
        reader.skip();
    }
  }
  return ping;
}

/** Empty ones are left out. */
function sourceFields({ sourceAddr, sourcePort, sourceNode }: Source): number {
  return (sourceAddr?.length ? 1 : 0) + (sourcePort ? 1 : 0) + (sourceNode ? 1 : 0);
}

function writeSource({ sourceAddr, sourcePort, sourceNode }: Source): void {
  if (sourceAddr?.length) writer.bytesField(KEYS.SourceAddr, sourceAddr);
  if (sourceNode) writer.stringField(KEYS.SourceNode, sourceNode);
  if (sourcePort) writer.uintField(KEYS.SourcePort, sourcePort);
}

export function encodeAck({ seqNo, payload }: Ack): Buffer {
  writer.begin(MessageType.ack).map(2);
  writer.bytesField(KEYS.Payload, payload);
  writer.uintField(KEYS.SeqNo, seqNo);
  return writer.finish();
}

/** @throws WireError */
export function decodeAck(message: Buffer): Ack {
  const ack: Ack = { seqNo: 0, payload: null };
  for (let left = reader.open(message, 1).struct(); left > 0; left--) {
    const field = reader.field(ACK);
    if (field === 'SeqNo') ack.seqNo = reader.uint(MAX_UINT32);
    else if (field === 'Payload') ack.payload = reader.bytes();
    else reader.skip();
  }
  return ack;
}

export function encodeNack({ seqNo }: Nack): Buffer {
  writer.begin(MessageType.nack).map(1);
  writer.uintField(KEYS.SeqNo, seqNo);
  return writer.finish();
}

/** @throws WireError */
export function decodeNack(message: Buffer): Nack {
  const nack: Nack = { seqNo: 0 };
  for (let left = reader.open(message, 1).struct(); left > 0; left--) {
    if (reader.field(NACK) === 'SeqNo') nack.seqNo = reader.uint(MAX_UINT32);
    else reader.skip();
  }
  return nack;
}
