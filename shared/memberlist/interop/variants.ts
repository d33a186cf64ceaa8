/** How the two peers of the matrix are configured. */
import type { AgentFlags } from './peers.ts';

export interface Variant {
  name: string;
  seed: AgentFlags;
  joiner: AgentFlags;
  /** Loopback addresses, where port numbers must be equal. */
  samePort?: true;
  hasLabel?: true;
}

/** A key of so many bytes, in base64; `fill` makes another one. */
export const makeKey = (bytes: 16 | 24 | 32, fill = 7): string =>
  Buffer.alloc(bytes, Buffer.from([fill, 1, 2, 3, 4])).toString('base64');

const both = (name: string, flags: AgentFlags): Variant => ({ name, seed: flags, joiner: flags });

const AES_128 = makeKey(16);
const LABEL = 'Größe-1';

export const VARIANTS: readonly Variant[] = [
  both('plain', { compress: false }),
  both('compressed', { compress: true }),
  { name: 'compressed on one side', seed: { compress: true }, joiner: { compress: false } },
  both('AES-128', { compress: false, key: AES_128 }),
  both('AES-192', { key: makeKey(24) }),
  both('AES-256', { key: makeKey(32) }),
  { ...both('label', { label: LABEL }), hasLabel: true },
  { ...both('label and key', { label: LABEL, key: AES_128 }), hasLabel: true },
  {
    name: 'verification off, one has a key that it does not use yet',
    seed: { key: AES_128, 'verify-incoming': false, 'verify-outgoing': false },
    joiner: {},
  },
  {
    name: 'verification of incoming off, one encrypts already',
    seed: { key: AES_128, 'verify-incoming': false, 'verify-outgoing': true },
    joiner: { key: AES_128, 'verify-incoming': false, 'verify-outgoing': false },
  },
  { ...both('protocol 1', { protocol: 1 }), samePort: true },
  { ...both('protocol 1 and key', { protocol: 1, key: AES_128 }), samePort: true },
  both('protocol 5 and delegate versions', { protocol: 5, 'delegate-versions': '2,5,4' }),
];
