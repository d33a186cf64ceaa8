import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Memberlist, type MemberlistOptions } from '../src/index.ts';
import { A, answerWith, nameServer } from './name-server.ts';
import { memberNames } from './watching.ts';

const create = (name: string, address: string, port: number, options: MemberlistOptions = {}) =>
  Memberlist.create({ name, bind: { address, port }, preset: 'local', rejoinIntervalMs: 100, ...options });

describe('a name with several addresses', () => {
  it('a seed whose name stands for all nodes, this one included – the others are joined', async () => {
    await using server = await nameServer((question) =>
      answerWith(question, [
        [A, [127, 0, 0, 3]],
        [A, [127, 0, 0, 2]],
      ]),
    );
    await using a = await create('a', '127.0.0.2', 0);
    const { port } = a.bound;
    const options = { seeds: [`all.example:${port}`], dnsServer: server.address };
    await using b = await create('b', '127.0.0.3', port, options);
    await expect.poll(() => memberNames(b), { interval: 10, timeout: 10_000 }).toEqual(['a', 'b']);
    // Now somebody else is there, so nobody is looked for; and a node that finds only itself does not join itself.
    await using alone = await create('alone', '127.0.0.4', port, { seeds: [`127.0.0.4:${port}`] });
    await expect.poll(() => server.asked.length, { interval: 10, timeout: 10_000 }).toBeGreaterThan(2);
    expect([b, alone].map((node) => node.stats().counters.rejoin)).toEqual([1, undefined]);
  });

  it('nodes that asked before the name stood for all – become one cluster with the others', async () => {
    // News may miss one of four; a full exchange repairs that.
    const often = { pushPullIntervalMs: 200 };
    await using a = await create('a', '127.0.0.2', 0, often);
    const { port } = a.bound;
    const known = { b: [2, 3], c: [4, 5], d: [4, 5] };
    const serve = (node: keyof typeof known) =>
      nameServer((question) =>
        answerWith(
          question,
          known[node].map((last) => [A, [127, 0, 0, last]]),
        ),
      );
    await using namesOfB = await serve('b');
    await using namesOfC = await serve('c');
    await using namesOfD = await serve('d');
    const options = { ...often, seeds: [`all.example:${port}`] };
    await using b = await create('b', '127.0.0.3', port, { ...options, dnsServer: namesOfB.address });
    await using c = await create('c', '127.0.0.4', port, { ...options, dnsServer: namesOfC.address });
    await using d = await create('d', '127.0.0.5', port, { ...options, dnsServer: namesOfD.address });
    await expect.poll(() => memberNames(b), { interval: 10, timeout: 10_000 }).toEqual(['a', 'b']);
    await expect.poll(() => memberNames(c), { interval: 10, timeout: 10_000 }).toEqual(['c', 'd']);
    // 127.0.0.9 is out of date.
    known.b = [2, 3, 4, 5, 9];
    for (const node of [a, b, c, d]) {
      await expect.poll(() => memberNames(node), { interval: 10, timeout: 10_000 }).toEqual(['a', 'b', 'c', 'd']);
    }
  });

  it('joining is cancelled – no further address is tried', async () => {
    const servers = ['127.0.0.2', '127.0.0.3'].map((host) => ({ host, connections: 0, server: createServer() }));
    let port = 0;
    for (const each of servers) {
      each.server.on('connection', (socket) => {
        each.connections++;
        socket.on('error', () => {});
      });
      each.server.listen(port, each.host);
      await once(each.server, 'listening');
      ({ port } = each.server.address() as { port: number });
    }
    await using names = await nameServer((question) =>
      answerWith(question, [
        [A, [127, 0, 0, 2]],
        [A, [127, 0, 0, 3]],
      ]),
    );
    await using node = await create('a', '127.0.0.1', 0, { dnsServer: names.address, tcpTimeoutMs: 10_000 });
    const controller = new AbortController();
    const joining = node.join(`silent.example:${port}`, { signal: controller.signal });
    joining.catch(() => {});
    await expect.poll(() => servers[0]!.connections, { interval: 5, timeout: 10_000 }).toBe(1);
    const before = performance.now();
    controller.abort();
    await expect(joining).rejects.toMatchObject({ code: 'ABORTED' });
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(servers[1]!.connections).toBe(0);
    for (const { server } of servers) server.close();
  });
});
