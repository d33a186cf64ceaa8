/**
 * Our memberlist beside HashiCorp's, in the same run on this machine:
 *
 *   node bench/memberlist/main.ts [--rounds 3] [--nodes 3,30,100] [--seconds 10] [--only cluster|throughput|codec]
 *
 * Rounds are interleaved; medians are printed, and ratios so that above 1 ours is better. Only loopback is used.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { buildGoBench } from './build-go.ts';

type Measurement = Record<string, unknown> & { measure: string };
type Library = { name: 'ours' | 'go'; command: string[] };

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    nodes: { type: 'string', default: '3,30,100' },
    seconds: { type: 'string', default: '10' },
    only: { type: 'string' },
  },
});
const rounds = Number(values.rounds);

const ours: Library = {
  name: 'ours',
  command: [process.execPath, '--expose-gc', join(import.meta.dirname, 'ours.ts')],
};
const go = await buildGoBench();
const libraries: Library[] = 'skipped' in go ? [ours] : [ours, { name: 'go', command: [go.path] }];
console.log(
  'skipped' in go
    ? `Only ours: ${go.skipped}`
    : `Beside github.com/hashicorp/memberlist ${go.version}, medians of ${rounds}`,
);

/** What was measured: one number of one library in each round. */
const results = new Map<string, Record<string, number[]>>();
const record = (what: string, library: Library, value: unknown) => {
  if (typeof value !== 'number') return;
  const row = results.get(what) ?? {};
  row[library.name] = [...(row[library.name] ?? []), value];
  results.set(what, row);
};

/** Fields that say how it was measured. */
const SETTINGS = new Set(['nodes', 'keyBytes', 'seconds', 'rounds']);

const wanted = (part: string) => values.only === undefined || values.only === part;
for (let round = 0; round < rounds; round++) {
  for (const library of libraries) {
    if (wanted('cluster')) for (const count of values.nodes.split(',')) await cluster(library, count);
    if (wanted('throughput')) for (const row of ROWS()) await throughput(library, row);
    if (wanted('codec')) await codec(library);
  }
}
printTable();

async function cluster(library: Library, nodes: string): Promise<void> {
  const measured = await run(library, ['cluster', '--nodes', nodes, '--seconds', values.seconds]);
  for (const { measure, ...fields } of measured) {
    for (const [field, value] of Object.entries(fields)) {
      if (!SETTINGS.has(field)) record(`${nodes} nodes: ${measure} ${field}`, library, value);
    }
  }
}

async function codec(library: Library): Promise<void> {
  for (const { operation, microseconds } of await run(library, ['codec'])) {
    record(`codec: ${operation}, us`, library, microseconds);
  }
}

interface Row {
  name: string;
  options: string[];
  sender?: string[];
}

function ROWS(): Row[] {
  const plain = ['--compress=false'];
  const size = (bytes: number, mode = 'udp') => ['--mode', mode, '--size', String(bytes)];
  return [
    { name: 'UDP 100 B', options: plain, sender: size(100) },
    { name: 'UDP 1200 B', options: plain, sender: size(1200) },
    { name: 'UDP 100 B AES-128', options: [...plain, '--key-bytes', '16'], sender: size(100) },
    { name: 'UDP 100 B compression on', options: ['--compress=true'], sender: size(100) },
    { name: 'UDP 1200 B LZW', options: ['--compress=true'], sender: size(1200) },
    { name: 'TCP 100 B', options: plain, sender: size(100, 'tcp') },
    { name: 'TCP 1200 B', options: plain, sender: size(1200, 'tcp') },
    { name: 'TCP 1200 B LZW', options: ['--compress=true'], sender: size(1200, 'tcp') },
  ];
}

/** A receiver and a sender of one library, in processes of their own. */
async function throughput(library: Library, { name, options, sender = [] }: Row): Promise<void> {
  const receiver = start(library, ['receive', ...options]);
  const lines = createInterface({ input: receiver.stdout! })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value as string) as Measurement;
  try {
    const { address } = await next();
    const [sent] = await run(library, ['send', '--to', String(address), ...sender, ...options]);
    const received = await next();
    record(`${name}: received/s`, library, received.receivedPerSecond);
    record(`${name}: sent/s`, library, sent?.sentPerSecond);
  } finally {
    receiver.kill();
  }
}

async function run(library: Library, args: string[]): Promise<Measurement[]> {
  const child = start(library, args);
  const measured: Measurement[] = [];
  for await (const line of createInterface({ input: child.stdout! })) measured.push(JSON.parse(line) as Measurement);
  if (child.exitCode === null) await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error(`${library.name} ${args.join(' ')} ended with ${child.exitCode}`);
  return measured;
}

function start({ command: [program, ...before] }: Library, args: string[]): ChildProcess {
  return spawn(program!, [...before, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

function printTable(): void {
  const median = (numbers: number[] = []) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
  const text = (value: number | undefined) =>
    value === undefined ? '-' : Number(value.toPrecision(4)).toLocaleString('en');
  console.log(`\n${''.padEnd(52)}${'ours'.padStart(12)}${'Go'.padStart(12)}${'ratio'.padStart(9)}`);
  for (const [what, row] of results) {
    const [mine, theirs] = [median(row.ours), median(row.go)];
    const isRate = what.endsWith('/s');
    const ratio = mine && theirs ? (isRate ? mine / theirs : theirs / mine).toFixed(2) : '-';
    console.log(`${what.padEnd(52)}${text(mine).padStart(12)}${text(theirs).padStart(12)}${ratio.padStart(9)}`);
  }
}
