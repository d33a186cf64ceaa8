/** One half of a pair: a receiver that counts messages, or a sender that sends as many as it can. */
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { Memberlist } from 'gossip-memberlist';
import { cpuSeconds, END_MARK, nodeOptions, payload, printMeasurement, type Values } from './settings.ts';

/** After so many packets the sender lets its sockets work. */
const PACKETS_A_TURN = 32;
/** Connections that are on their way at the same time; waiting for one after another would measure the waiting. */
const CONNECTIONS = 16;
const SETTLE_MS = 1_000;

export async function runReceive(values: Values): Promise<void> {
  const node = await Memberlist.create(nodeOptions(values, 'receiver'));
  const cpuBefore = cpuSeconds();
  let received = 0;
  let [firstAt, lastAt] = [0, 0];
  const ended = new Promise<void>((resolve) => {
    node.on('message', (message) => {
      if (message.length === END_MARK.length && message.toString() === END_MARK) return resolve();
      lastAt = performance.now();
      if (++received === 1) firstAt = lastAt;
    });
  });
  printMeasurement('ready', { address: `127.0.0.1:${node.bound.port}` });
  await ended;
  const seconds = (lastAt - firstAt) / 1000;
  printMeasurement('received', {
    received,
    seconds,
    receivedPerSecond: received / Math.max(seconds, 0.001),
    cpuSeconds: cpuSeconds() - cpuBefore,
    residentBytes: process.memoryUsage.rss(),
  });
  await node.close();
}

export async function runSend(values: Values): Promise<void> {
  const node = await Memberlist.create(nodeOptions(values, 'sender'));
  await node.join(values.to!);
  const target = node.members().find(({ name }) => name !== node.name)!;
  const message = payload(Number(values.size ?? 100));
  let [sent, failed] = [0, 0];
  const cpuBefore = cpuSeconds();
  const from = performance.now();
  const until = from + Number(values.seconds ?? 4) * 1000;
  const number = () => message.writeUInt32BE(sent >>> 0);
  if (values.mode === 'tcp') {
    const work = async () => {
      while (performance.now() < until) {
        number();
        await node.sendReliable(target, message).then(
          () => sent++,
          () => failed++,
        );
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
  } else {
    while (performance.now() < until) {
      for (let i = 0; i < PACKETS_A_TURN; i++, sent++) {
        number();
        node.send(target, message);
      }
      await turn();
    }
  }
  const seconds = (performance.now() - from) / 1000;
  const cpu = cpuSeconds() - cpuBefore;
  await sleep(SETTLE_MS);
  await node.sendReliable(target, END_MARK);
  printMeasurement('sent', { sent, failed, seconds, sentPerSecond: sent / seconds, cpuSeconds: cpu });
  await node.close();
}
