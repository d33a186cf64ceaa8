/**
 * Our full client beside bare undici and Moleculer, doing the same call in the same run on this machine:
 *
 *   node bench/rpc/main.ts [--rounds 3] [--slices 8] [--seconds 0.5] [--concurrency 1,16,64] [--only ours,undici] [--profile <folder>]
 *
 * All take turns in short slices, so that what else the machine does falls on all of them; medians are printed. See README.md.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import type { CallerKind } from './callers.ts';
import { Pair } from './pair.ts';
import type { ServerKind } from './server.ts';
import { printRatios, printTable, type Row } from './table.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    slices: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '0.5' },
    concurrency: { type: 'string', default: '1,16,64' },
    only: { type: 'string' },
    profile: { type: 'string' },
  },
});

const PAIRS: Record<string, { client: CallerKind; server: ServerKind }> = {
  ours: { client: 'ours', server: 'fastify' },
  undici: { client: 'undici', server: 'fastify' },
  'undici-idle-timeouts': { client: 'undici-idle-timeouts', server: 'fastify' },
  moleculer: { client: 'moleculer', server: 'moleculer' },
  'ours, service kit': { client: 'ours', server: 'service-kit' },
  'undici, service kit': { client: 'undici', server: 'service-kit' },
};
const names = values.only?.split(',') ?? Object.keys(PAIRS);
const levels = values.concurrency.split(',').map(Number);
const profiling = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [];

/** Takes spans and forgets them. */
const collector = createServer((request, response) => {
  request.resume().once('end', () => response.setHeader('content-type', 'application/json').end('{}'));
});
await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
const collectorAddress = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;

const rows: Row[] = [];
try {
  for (let round = 1; round <= Number(values.rounds); round++) {
    await runRound();
    process.stderr.write(`round ${round} of ${values.rounds}\n`);
  }
} finally {
  collector.close();
  collector.closeAllConnections();
}
for (const level of levels) printTable(level, names, rows);
for (const level of levels) printRatios('ours', level, names, rows);

/** Each round has fresh processes: what a compiler makes of code is partly luck. */
async function runRound(): Promise<void> {
  const pairs = new Map<string, Pair>();
  try {
    for (const name of names) {
      const kinds = PAIRS[name];
      if (kinds === undefined) throw new Error(`"${name}" is none of ${Object.keys(PAIRS).join(', ')}`);
      pairs.set(name, await Pair.start(kinds, collectorAddress, Math.max(...levels), profiling));
    }
    for (const concurrency of levels) {
      for (let slice = 0; slice < Number(values.slices); slice++) {
        for (const [name, pair] of pairs) {
          rows.push({ name, concurrency, ...(await pair.measure(concurrency, Number(values.seconds))) });
        }
      }
    }
  } finally {
    await Promise.all([...pairs.values()].map((pair) => pair.end()));
  }
}
