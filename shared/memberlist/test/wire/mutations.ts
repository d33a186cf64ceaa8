import { makeCompounds } from '../../src/wire/compound.ts';
import { compress } from '../../src/wire/compression.ts';
import { MessageType } from '../../src/wire/message-types.ts';

type Random = () => number;
type Mutation = (bytes: Buffer, random: Random) => Buffer;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const randomBytes = (random: Random, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => below(random, 256)));

/** Where lengths, counts and types are likely to be told wrongly. */
const TELLING = [
  0x00, 0x7f, 0x80, 0x8f, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc6, 0xc9, 0xcf, 0xd3, 0xda, 0xdb, 0xdd, 0xdf, 0xff,
];

const truncate: Mutation = (bytes, random) => bytes.subarray(0, below(random, bytes.length + 1));

const flipBits: Mutation = (bytes, random) => {
  const copy = Buffer.from(bytes);
  for (let left = 1 + below(random, 8); left > 0 && copy.length > 0; left--) {
    copy[below(random, copy.length)]! ^= 1 << below(random, 8);
  }
  return copy;
};

const tellLies: Mutation = (bytes, random) => {
  const copy = Buffer.from(bytes);
  if (copy.length === 0) return copy;
  // Mostly near the beginning, where the headers are.
  const at = below(random, random() < 0.5 ? Math.min(copy.length, 40) : copy.length);
  copy[at] = TELLING[below(random, TELLING.length)]!;
  for (let i = 1; i <= below(random, 5) && at + i < copy.length; i++) copy[at + i] = 0xff;
  return copy;
};

const insert: Mutation = (bytes, random) => {
  const at = below(random, bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), randomBytes(random, 1 + below(random, 6)), bytes.subarray(at)]);
};

const remove: Mutation = (bytes, random) => {
  const at = below(random, bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(random, 6))]);
};

/** A type that exists, and a value of any kind. */
const invent: Mutation = (_, random) => {
  const type = below(random, 16);
  return Buffer.concat([Buffer.of(type), inventValue(random, 0)]);
};

function inventValue(random: Random, depth: number): Buffer {
  const kind = below(random, depth > 2 ? 4 : 7);
  const count = below(random, 7);
  if (kind === 0) return Buffer.of(below(random, 256));
  if (kind < 3) return Buffer.concat([Buffer.of(0xa0 | count), randomBytes(random, count)]);
  if (kind === 3) return Buffer.concat([Buffer.of(0xc4 + below(random, 24)), randomBytes(random, below(random, 10))]);
  const isMap = kind > 4;
  const values = Array.from({ length: isMap ? 2 * count : count }, (_, i) =>
    isMap && i % 2 === 0 && random() < 0.8 ? inventName(random) : inventValue(random, depth + 1),
  );
  return Buffer.concat([Buffer.of((isMap ? 0x80 : 0x90) | count), ...values]);
}

const NAMES = [
  'Node',
  'SeqNo',
  'Addr',
  'Port',
  'Meta',
  'Vsn',
  'Incarnation',
  'From',
  'Payload',
  'Nodes',
  'UserStateLen',
  'Buf',
];

function inventName(random: Random): Buffer {
  const name = NAMES[below(random, NAMES.length)]!;
  const header = random() < 0.8 ? Buffer.of(0xa0 | name.length) : Buffer.of(0xd9, name.length);
  return Buffer.concat([header, Buffer.from(name)]);
}

/** Arrays in arrays, thousands deep. */
const nest: Mutation = (_, random) =>
  Buffer.concat([
    Buffer.of(below(random, 14), 0x81, 0xa3, 0x5a, 0x7a, 0x7a),
    Buffer.alloc(below(random, 20_000), random() < 0.5 ? 0x91 : 0x81),
  ]);

const inCompound: Mutation = (bytes, random) => {
  const parts = Array.from({ length: 1 + below(random, 4) }, () => bytes.subarray(0, 60_000));
  const compound = makeCompounds(parts)[0]!;
  if (random() < 0.5) compound[1 + below(random, 1 + 2 * parts.length)] = below(random, 256);
  return compound;
};

const inCompression: Mutation = (bytes, random) => {
  let result = bytes;
  for (let left = 1 + below(random, 12); left > 0; left--) result = compress(result);
  return result;
};

/** A few kilobytes that want to become megabytes. */
const BOMBS = [100_000, 3_000_000, 60_000_000].map((length) =>
  compress(Buffer.alloc(length, MessageType.compound)).subarray(0, 60_000),
);
const NODE_BOMB = compress(
  Buffer.concat([
    Buffer.from('0683a44a6f696ec2a54e6f646573d200100000ac5573657253746174654c656e00', 'hex'),
    Buffer.alloc(1 << 20, 0x80),
  ]),
);

/** Rare, for each takes up to a tenth of a second. */
const explode: Mutation = (_, random) => {
  const choice = random();
  if (choice < 0.9) return BOMBS[0]!;
  if (choice < 0.98) return BOMBS[1]!;
  return choice < 0.99 ? NODE_BOMB : makeCompounds([BOMBS[2]!, BOMBS[2]!, BOMBS[2]!])[0]!;
};

const COMMON: readonly Mutation[] = [
  truncate,
  flipBits,
  flipBits,
  tellLies,
  tellLies,
  insert,
  remove,
  invent,
  inCompound,
];
const RARE: readonly Mutation[] = [nest, inCompression, inCompression, explode];

/** Damages bytes in one to three ways; sometimes puts a piece of another message behind. */
export function mutate(bytes: Buffer, other: Buffer, random: Random): Buffer {
  let result = bytes;
  for (let left = 1 + below(random, 3); left > 0; left--) {
    const mutations = random() < 0.02 ? RARE : COMMON;
    result = mutations[below(random, mutations.length)]!(result, random);
  }
  if (random() > 0.05) return result;
  // Two messages, cut and put together.
  return Buffer.concat([truncate(result, random), other.subarray(below(random, other.length))]);
}
