import { MAX_LABEL_BYTES } from './limits.ts';
import { MessageType } from './message-types.ts';
import { WireError } from './wire-error.ts';

/** A label as it goes over the wire. */
export interface WireLabel {
  /** What is authenticated with encrypted bytes. */
  readonly bytes: Buffer;
  /** What a packet, and the stream of the one who dials, begins with; empty without a label. */
  readonly header: Buffer;
}

const NO_LABEL = { label: '', end: 0 };

let lastText = '';
let lastLabel: WireLabel = { bytes: Buffer.alloc(0), header: Buffer.alloc(0) };

/** @throws WireError BAD_LABEL for one of more than 255 bytes */
export function encodeLabel(label: string): WireLabel {
  // Programs have one label, so the last one is the right one.
  if (label === lastText) return lastLabel;
  const bytes = Buffer.from(label);
  if (bytes.length > MAX_LABEL_BYTES) throw new WireError('BAD_LABEL', `label "${label}" is too long`);
  const header = bytes.length === 0 ? bytes : Buffer.concat([Uint8Array.of(MessageType.label, bytes.length), bytes]);
  lastText = label;
  lastLabel = { bytes, header };
  return lastLabel;
}

/** How many bytes the label takes in each packet. */
export const labelOverhead = (label: string): number => encodeLabel(label).header.length;

/**
 * Looks for a label at the beginning of what came. A packet is whole, of a stream more may come.
 *
 * @returns the label, empty if there is none, and where the rest begins; undefined when more of the stream is needed to tell
 * @throws WireError BAD_LABEL, TRUNCATED
 */
export function readLabel(bytes: Buffer, what: 'packet' | 'stream'): { label: string; end: number } | undefined {
  if (bytes.length === 0 && what === 'stream') return undefined;
  if (bytes[0] !== MessageType.label) return NO_LABEL;
  const size = bytes.length < (what === 'packet' ? 3 : 2) ? undefined : bytes[1];
  if (size === 0) throw new WireError('BAD_LABEL', 'label header cannot be empty when present');
  if (size !== undefined && bytes.length >= 2 + size) {
    return { label: bytes.toString('utf8', 2, 2 + size), end: 2 + size };
  }
  if (what === 'stream') return undefined;
  throw new WireError('TRUNCATED', 'cannot decode label; packet has been truncated');
}

/**
 * @param label what came; empty for none
 * @throws WireError LABEL_MISMATCH, or BAD_LABEL for any label where something before this node takes labels off
 */
export function checkLabel(
  label: string,
  settings: { label: string; skipInboundLabelCheck: boolean },
  what: 'packet' | 'stream',
): void {
  if (settings.skipInboundLabelCheck) {
    if (label !== '') throw new WireError('BAD_LABEL', `unexpected double ${what} label header`);
  } else if (label !== settings.label) {
    throw new WireError('LABEL_MISMATCH', `discarding ${what} with unacceptable label "${label}"`);
  }
}
