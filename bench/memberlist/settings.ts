/** What the commands of our side share, as the Go program has it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MemberlistOptions, Preset } from 'gossip-memberlist';

/** Values of the command line: `--name value` or `--name=value`. */
export type Values = Readonly<Record<string, string | undefined>>;

export const END_MARK = 'end';
const TEXT = readFileSync(join(import.meta.dirname, 'go', 'payload.txt'));

/** Prints one measurement as a line of JSON. */
export function printMeasurement(measure: string, fields: object): void {
  process.stdout.write(`${JSON.stringify({ measure, library: 'ours', ...fields })}\n`);
}

export function nodeOptions(values: Values, name: string): MemberlistOptions {
  const keyBytes = Number(values['key-bytes'] ?? 0);
  return {
    name,
    bind: { address: '127.0.0.1', port: 0 },
    preset: (values.preset ?? 'lan') as Preset,
    compression: values.compress !== 'false',
    keys: keyBytes > 0 ? [Uint8Array.from({ length: keyBytes }, (_, i) => i)] : [],
  };
}

/** A message: four bytes for its number, then text. */
export function payload(size: number): Buffer {
  const message = Buffer.alloc(size);
  TEXT.copy(message, 4, 0, size - 4);
  return message;
}

/** User and system time of this process, in seconds. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
