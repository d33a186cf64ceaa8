/**
 * Feeds damaged messages to the readers for some time, and fails on any error that is no WireError:
 * `node test/wire/fuzz.ts --seconds 20 --seed 1`
 */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzzer.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const MAX_GROWTH = 64 * 1024 * 1024;

const { inputs, messages, errors, growth } = fuzz({ seconds: Number(values.seconds), seed: Number(values.seed) });
console.log(`${inputs} inputs, ${messages} messages read, ${Math.round(growth / 1024)} KiB more in use`);
console.log(errors);
if (growth > MAX_GROWTH) {
  console.error('the heap has grown too much');
  process.exitCode = 1;
}
