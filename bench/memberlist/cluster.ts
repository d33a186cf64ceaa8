/** n nodes of ours in one process, measured as the Go program measures its own: one thing after another. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Memberlist } from 'gossip-memberlist';
import { cpuSeconds, nodeOptions, printMeasurement, type Values } from './settings.ts';

const POLL_MS = 2;
const BROADCASTS = 5;

export async function runCluster(values: Values): Promise<void> {
  const count = Number(values.nodes ?? 3);
  const limitMs = Number(values.limit ?? 90) * 1000;
  const print = (measure: string, fields: object) => printMeasurement(measure, { nodes: count, ...fields });
  const until = async (what: string, isSo: () => boolean) => {
    for (const end = performance.now() + limitMs; !isSo(); await sleep(POLL_MS)) {
      if (performance.now() <= end) continue;
      print('failed', { waitedFor: what });
      throw new Error(`${what} took longer than ${limitMs} ms`);
    }
  };

  const nodes = [await Memberlist.create(nodeOptions(values, 'node-0'))];
  const firstResident = collected();
  let lastJoin = 0;
  for (let i = 1; i < count; i++) {
    const node = await Memberlist.create(nodeOptions(values, `node-${i}`));
    nodes.push(node);
    lastJoin = performance.now();
    await node.join(`127.0.0.1:${nodes[0]!.bound.port}`);
  }
  await until('convergence', () => nodes.every((node) => node.members().length === count));
  print('convergence', { ms: performance.now() - lastJoin });

  await sleep(Number(values.drain ?? 5) * 1000);
  const before = { ...totals(nodes), cpu: cpuSeconds(), at: performance.now() };
  await sleep(Number(values.seconds ?? 15) * 1000);
  const seconds = (performance.now() - before.at) / 1000;
  const after = { ...totals(nodes), cpu: cpuSeconds() };
  const perNode = (key: 'packets' | 'bytes' | 'dials') => (after[key] - before[key]) / seconds / count;
  print('steady', {
    packetsPerSecondPerNode: perNode('packets'),
    bytesPerSecondPerNode: perNode('bytes'),
    dialsPerSecondPerNode: perNode('dials'),
    cpuPercentPerNode: ((after.cpu - before.cpu) / seconds / count) * 100,
  });

  const resident = collected();
  print('memory', {
    residentBytes: resident,
    residentBytesPerFurtherNode: (resident - firstResident) / (count - 1),
  });

  const times: number[] = [];
  for (let i = 0; i < BROADCASTS; i++) {
    const waiting = new Set(nodes.slice(1));
    const started = performance.now();
    for (const node of waiting) node.once('message', () => waiting.delete(node));
    nodes[0]!.broadcast(`broadcast ${i}`);
    await until('a broadcast', () => waiting.size === 0);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  print('broadcast', { p50Ms: times[BROADCASTS >> 1], maxMs: times.at(-1) });

  const left = new Map<string, number>();
  let falsePositives = 0;
  let gone = '';
  for (const node of nodes) {
    node.on('leave', ({ name }) => {
      if (name === gone) left.set(node.name, performance.now());
      else falsePositives++;
    });
  }
  const crashing = nodes.pop()!;
  gone = crashing.name;
  let started = performance.now();
  await crashing.close();
  await until('the crash', () => left.size === nodes.length);
  const seen = [...left.values()].map((at) => at - started);
  print('crash', { firstMs: Math.min(...seen), lastMs: Math.max(...seen), falsePositives });

  const leaving = nodes.pop()!;
  gone = leaving.name;
  left.clear();
  started = performance.now();
  await leaving.leave();
  const callMs = performance.now() - started;
  left.delete(leaving.name);
  await until('the leave', () => nodes.every(({ name }) => left.has(name)));
  const lastSeen = Math.max(...nodes.map(({ name }) => left.get(name)!));
  print('leave', { callMs, lastMs: lastSeen - started });
  await Promise.all([...nodes, leaving].map((node) => node.close()));
}

function totals(nodes: readonly Memberlist[]) {
  const sum = { packets: 0, bytes: 0, dials: 0 };
  for (const node of nodes) {
    const { counters } = node.stats();
    sum.packets += counters['packets.sent'] ?? 0;
    sum.bytes += counters['udp.sent'] ?? 0;
    sum.dials += counters['tcp.connect'] ?? 0;
  }
  return sum;
}

/** Resident bytes after what is free was given back, for which the process must run with `--expose-gc`. */
function collected(): number {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return process.memoryUsage.rss();
}
