import { readFileSync } from 'node:fs';
import { Keyring } from '../../src/wire/keyring.ts';
import type { WireSettings } from '../../src/wire/packet.ts';

/** A recorded message; see the fixture for what it means. */
export interface Vector {
  id: string;
  kind: 'msg' | 'packet' | 'stream' | 'stream-half' | 'stream-dialog';
  description: string;
  hex?: string;
  keys?: string[];
  key?: string;
  label?: string;
  nonce?: string;
  plain?: string;
  request?: string;
  response?: string;
  decoded?: Reference | null;
}

/** What the reference decoder saw: the fields of a message, or what it is wrapped in and the messages within. */
export interface Reference {
  t?: string;
  parts?: Reference[];
  inner?: Reference;
  label?: string;
  labelHeader?: string;
  enc?: number;
  crc?: boolean;
  compressed?: boolean;
  [field: string]: unknown;
}

const fixture = new URL('../fixtures/messages.json', import.meta.url);
export const VECTORS: readonly Vector[] = JSON.parse(readFileSync(fixture, 'utf8')).vectors;

export const vector = (id: string): Vector => {
  const found = VECTORS.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`there is no vector ${id}`);
  return found;
};

export const fromHex = (hex: string): Buffer => Buffer.from(hex, 'hex');
export const bytesOf = (id: string): Buffer => fromHex(vector(id).hex!);

export const KEY = fromHex('0102030405060708090a0b0c0d0e0f10');

/** Plain text without a label, unless told otherwise. */
export const settingsWith = (settings: Partial<WireSettings> & { keys?: Uint8Array[] } = {}): WireSettings => {
  const { keys = [], ...rest } = settings;
  return {
    label: '',
    skipInboundLabelCheck: false,
    keyring: new Keyring(keys),
    verifyIncoming: true,
    verifyOutgoing: true,
    compression: false,
    protocol: 2,
    ...rest,
  };
};

/** The settings of the nodes between which a message was recorded. */
export const settingsOf = ({ keys = [], key, label = '' }: Vector): WireSettings =>
  settingsWith({ label, keys: [...keys, ...(key ? [key] : [])].map(fromHex) });

/** The code of the error that is thrown; `none` without one. */
export function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'none';
}
