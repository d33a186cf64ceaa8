/**
 * Our side of the benchmark, with the commands of the Go program:
 *
 *   node --expose-gc bench/memberlist/ours.ts cluster|receive|send|codec [--name value …]
 */
import { runCluster } from './cluster.ts';
import { runCodec } from './codec.ts';
import type { Values } from './settings.ts';
import { runReceive, runSend } from './throughput.ts';

const [command, ...args] = process.argv.slice(2);
const values: Values = Object.fromEntries(
  args
    .join(' ')
    .split(/\s*--/)
    .slice(1)
    .map((option) => option.split(/[= ]/) as [string, string]),
);
if (command === 'cluster') await runCluster(values);
else if (command === 'receive') await runReceive(values);
else if (command === 'send') await runSend(values);
else if (command === 'codec') runCodec(values);
else throw new Error(`there is no command "${command}"`);
