import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compress } from '../../src/wire/compression.ts';
import { MessageType } from '../../src/wire/message-types.ts';
import { forEachMessage, openPacket, sealPacket, type WireSettings } from '../../src/wire/packet.ts';
import { createStreamReader, sealStream } from '../../src/wire/stream.ts';
import { WireError } from '../../src/wire/wire-error.ts';
import { mutate } from './mutations.ts';
import { decodeReference } from './reference.ts';
import { fromHex, KEY, settingsWith, VECTORS } from './vectors.ts';

export interface FuzzOptions {
  seed: number;
  /** Stop after so many inputs, */
  inputs?: number;
  /** or after so many seconds. */
  seconds?: number;
}

export interface FuzzResult {
  inputs: number;
  /** Messages that were read in spite of all. */
  messages: number;
  /** How often each error was thrown, by its code. */
  errors: Record<string, number>;
  /** Bytes of the heap and of buffers after the run, less those after its first inputs. */
  growth: number;
}

/** Numbers from 0 to below 1 (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WARM_UP_INPUTS = 5000;

const SETTINGS: readonly WireSettings[] = [
  settingsWith(),
  settingsWith({ compression: true }),
  settingsWith({ label: 'blue' }),
  settingsWith({ keys: [KEY] }),
  settingsWith({ keys: [KEY], protocol: 1 }),
  settingsWith({ keys: [KEY], verifyIncoming: false, label: 'blue' }),
  settingsWith({ skipInboundLabelCheck: true, label: 'blue' }),
];

interface Sample {
  bytes: Buffer;
  isStream: boolean;
}

const CORPUS: readonly Sample[] = VECTORS.flatMap(({ kind, hex, plain, request, response }) =>
  [hex, plain, request, response]
    .filter((text) => text)
    .map((text) => ({ bytes: fromHex(text!), isStream: kind.startsWith('stream') })),
);

/**
 * Feeds damaged and invented messages to all that reads from the network.
 *
 * @throws Error with the input, for anything that is no WireError
 */
export function fuzz({ seed, inputs = Number.POSITIVE_INFINITY, seconds = 3600 }: FuzzOptions): FuzzResult {
  const random = createRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const result: FuzzResult = { inputs: 0, messages: 0, errors: {}, growth: 0 };
  const note = ({ code }: WireError) => {
    result.errors[code] = (result.errors[code] ?? 0) + 1;
  };
  const end = performance.now() + seconds * 1000;
  let before = 0;
  while (result.inputs < inputs && performance.now() < end) {
    // By then all code has run and is compiled.
    if (result.inputs === WARM_UP_INPUTS) before = usedBytes();
    const settings = SETTINGS[below(SETTINGS.length)]!;
    const sample = CORPUS[below(CORPUS.length)]!;
    const other = CORPUS[below(CORPUS.length)]!;
    const damaged = mutate(sample.bytes, other.bytes, random);
    const input = wrap(damaged, random() < 0.9 === sample.isStream, settings, random);
    try {
      result.messages += input.isStream
        ? readStream(input.bytes, settings, random, note)
        : readPacket(input.bytes, settings, note);
    } catch (cause) {
      const hex = input.bytes.subarray(0, 2000).toString('hex');
      throw new Error(`seed ${seed}, input ${result.inputs}: ${cause}\n${hex}`, { cause });
    }
    result.inputs++;
  }
  result.growth = usedBytes() - before;
  return result;
}

/** Some inputs go in as they are, others compressed and encrypted as they should be, to get further in. */
function wrap(bytes: Buffer, isStream: boolean, settings: WireSettings, random: () => number): Sample {
  if (random() < 0.4) return { bytes, isStream };
  const content = random() < 0.2 ? compress(bytes) : bytes;
  const sender = settings.skipInboundLabelCheck ? { ...settings, label: '' } : settings;
  if (isStream) return { bytes: sealStream(content, sender, 'dialler'), isStream };
  return { bytes: sealPacket(content, sender, random() < 0.5), isStream };
}

function readPacket(bytes: Buffer, settings: WireSettings, note: (error: WireError) => void): number {
  let messages = 0;
  const opened = orNote(() => openPacket(bytes, settings), note);
  if (!opened) return 0;
  forEachMessage(
    opened,
    (type, message) => {
      if (type !== message[0] || !(type in TYPES)) throw new Error(`a message of type ${type} was visited`);
      decodeReference(message);
      messages++;
    },
    note,
  );
  return messages;
}

const TYPES = Object.fromEntries(
  (['ping', 'indirectPing', 'ack', 'suspect', 'alive', 'dead', 'user', 'nack'] as const).map((name) => [
    MessageType[name],
    name,
  ]),
);

function readStream(
  bytes: Buffer,
  settings: WireSettings,
  random: () => number,
  note: (error: WireError) => void,
): number {
  const reader = createStreamReader(settings, random() < 0.8 ? 'acceptor' : 'dialler');
  const pieces = random() < 0.5 ? 1 : 1 + Math.floor(random() * 20);
  const pieceBytes = Math.ceil(bytes.length / pieces) || 1;
  const message = orNote(() => {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const whole = reader.push(bytes.subarray(at, at + pieceBytes));
      if (whole) return whole;
    }
    reader.end();
    throw new Error('a stream ended with neither a message nor an error');
  }, note);
  return message ? 1 : 0;
}

function orNote<T>(run: () => T, note: (error: WireError) => void): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    note(error);
    return undefined;
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function usedBytes(): number {
  // Memory of buffers is only given back after the next collection.
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
