import { expect, it } from 'vitest';
import { fuzz } from './fuzzer.ts';

const MIB = 1024 * 1024;

it('200 000 damaged messages – only WireErrors come of them, and nothing stays in memory', { timeout: 120_000 }, () => {
  const { inputs, messages, errors, growth } = fuzz({ seed: 20_261_121, inputs: 200_000 });

  expect(inputs).toBe(200_000);
  // The damage is such that everything is reached: messages that are still read, and each error.
  expect(messages).toBeGreaterThan(10_000);
  expect(Object.keys(errors).sort()).toEqual([
    'BAD_CHECKSUM',
    'BAD_COMPRESSION',
    'BAD_LABEL',
    'BAD_MESSAGE',
    'LABEL_MISMATCH',
    'NOT_ENCRYPTED',
    'NO_KEY',
    'REMOTE_ENCRYPTED',
    'TOO_LARGE',
    'TRUNCATED',
    'UNKNOWN_TYPE',
    'UNSUPPORTED_VERSION',
  ]);
  expect(growth).toBeLessThan(32 * MIB);
});
