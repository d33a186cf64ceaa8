import type { Node } from '../node.ts';

/** Prints one event as a line of JSON. */
export type Print = (event: string, fields?: object) => void;

/** What the agent remembers beside the node. */
export interface AgentState {
  /** Sent with each full exchange of state. */
  userState: Uint8Array;
}

export const printLine: Print = (event, fields) => {
  process.stdout.write(`${JSON.stringify({ event, t: Date.now(), ...fields })}\n`);
};

/** A node as the lines show it: the metadata as text. */
export const nodeFields = ({ name, address, port, meta, state, incarnation, weight }: Node) => ({
  name,
  address,
  port,
  meta: Buffer.from(meta).toString(),
  state,
  incarnation,
  weight,
});

/** Bytes as the lines show them. */
export const texts = (bytes: Uint8Array) => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { hex: buffer.toString('hex'), text: buffer.toString() };
};
