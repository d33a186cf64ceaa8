import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { resolveConfig } from '../src/config.ts';
import { encodePing, encodeUserStream } from '../src/wire/messages.ts';
import { sealPacket } from '../src/wire/packet.ts';
import { sealStream } from '../src/wire/stream.ts';

const MAIN = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts');
const run = promisify(execFile);

interface Line {
  event: string;
  [field: string]: unknown;
}

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** An agent as a process: its lines, and a way to say something to it. */
async function agent(name: string, ...flags: string[]) {
  const quick = [
    '--probe-interval',
    '200',
    '--probe-timeout',
    '100',
    '--gossip-interval',
    '20',
    '--suspicion-mult',
    '2',
  ];
  const child = spawn(process.execPath, [MAIN, 'agent', '--name', name, '--bind', '127.0.0.1:0', ...quick, ...flags], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines: Line[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line) as Line));
  const seen = (match: object) =>
    expect
      .poll(() => lines.find((line) => matches(line, match)), {
        interval: 10,
        timeout: 15_000,
        message: JSON.stringify(match),
      })
      .toBeDefined();
  await seen({ event: 'ready' });
  const { node } = lines[0] as unknown as { node: { address: string; port: number } };
  return {
    child,
    lines,
    seen,
    address: `${node.address}:${node.port}`,
    say: (text: string) => child.stdin.write(`${text}\n`),
  };
}

function matches(line: object, match: object): boolean {
  return Object.entries(match).every(([key, value]) => {
    const given = (line as Record<string, unknown>)[key];
    return typeof value === 'object' && value !== null ? matches(given ?? {}, value) : given === value;
  });
}

describe('memberlist agent', () => {
  it('two agents – every command does what it says, every event is a line', async () => {
    const key = Buffer.alloc(16, 1).toString('base64');
    const [next, strange] = [Buffer.alloc(32, 2).toString('base64'), 'AAAA'];
    const a = await agent('a', '--key', key, '--label', 'test', '--meta', 'blue');
    const b = await agent('b', '--key', key, '--label', 'test', '--join', a.address, '--weight', '4');
    await b.seen({ event: 'join', node: { name: 'a', meta: 'blue', state: 'alive', incarnation: 1 } });
    await a.seen({ event: 'update', node: { name: 'b', weight: 4 }, changed: 'weight' });
    a.say('meta red');
    await b.seen({ event: 'update', node: { name: 'a', meta: 'red' }, changed: 'meta' });
    a.say('broadcast hello all');
    await b.seen({
      event: 'message',
      text: 'hello all',
      hex: Buffer.from('hello all').toString('hex'),
      via: 'broadcast',
    });
    a.say('send b by packet');
    await b.seen({ event: 'message', text: 'by packet', via: 'packet' });
    a.say('send-reliable b by stream');
    await b.seen({ event: 'message', text: 'by stream', via: 'stream' });
    a.say('weight 7');
    await b.seen({ event: 'update', node: { name: 'a', weight: 7 } });
    a.say('members');
    await a.seen({ event: 'members', nodes: { length: 2 } });
    a.say('ping b');
    await a.seen({ event: 'ping', node: { name: 'b' } });
    a.say('stats');
    await a.seen({ event: 'stats', stats: { encrypted: true, nodes: { alive: 2 } } });
    for (const each of [a, b]) each.say(`key add ${next}`);
    for (const each of [a, b]) {
      each.say(`key use ${next}`);
      each.say('broadcast with the new key');
    }
    for (const each of [a, b]) {
      await each.seen({ event: 'message', text: 'with the new key' });
      each.say(`key remove ${key}`);
    }
    a.say(`key add ${strange}`);
    await a.seen({ event: 'error', code: 'BAD_OPTION' });
    a.say('dance');
    await a.seen({ event: 'error', error: 'there is no command "dance"; see --help' });
    a.say('ping nobody');
    await a.seen({ event: 'error', error: 'no node is called "nobody"' });
    a.say('send nobody hi');
    await a.seen({ event: 'error', code: 'UNKNOWN_NODE' });
    a.say('join 127.0.0.1:1');
    await a.seen({ event: 'error', code: 'JOIN_FAILED' });
    b.say('leave');
    await a.seen({ event: 'leave', node: { name: 'b', state: 'left' }, reason: 'left' });
    b.say(`join ${a.address}`);
    await expect
      .poll(() => a.lines.filter((line) => matches(line, { event: 'join', node: { name: 'b' } })).length, {
        timeout: 15_000,
      })
      .toBe(2);
    b.child.kill('SIGKILL');
    await a.seen({ event: 'suspect', node: { name: 'b' } });
    await a.seen({ event: 'leave', node: { name: 'b' }, reason: 'failed' });
    a.say('forget b');
    a.say('quit');
    const [code] = await once(a.child, 'exit');
    expect(code).toBe(0);
    expect(a.lines.every(({ t }) => typeof t === 'number' && t > 1_600_000_000_000)).toBe(true);
  });

  it('a name that is taken; a process that is stopped and goes on – events as well', async () => {
    // Time enough to object.
    const slow = ['--suspicion-mult', '30'];
    const a = await agent('a', ...slow);
    const b = await agent('b', '--join', a.address, ...slow);
    await a.seen({ event: 'join', node: { name: 'b' } });
    const double = await agent('b', '--join', a.address, ...slow);
    await a.seen({ event: 'conflict', node: { name: 'b' }, other: { name: 'b' } });
    await a.seen({ event: 'error', code: 'NAME_CONFLICT', about: 'b' });
    double.child.kill('SIGKILL');
    b.child.kill('SIGSTOP');
    await a.seen({ event: 'suspect', node: { name: 'b', state: 'suspect' } });
    b.child.kill('SIGCONT');
    await a.seen({ event: 'alive', node: { name: 'b', state: 'alive' } });
    expect(a.lines.some(({ event }) => event === 'leave')).toBe(false);
  });

  it('commands that make no sense – a line each that says why', async () => {
    const a = await agent('a');
    const key = Buffer.alloc(16, 1).toString('base64');
    const commands: [string, object][] = [
      ['forget nobody', { code: 'UNKNOWN_NODE', error: '"nobody" is unknown, or a member' }],
      ['forget a', { code: 'UNKNOWN_NODE' }],
      ['weight heavy', { code: 'BAD_OPTION', error: 'weight is NaN; a whole number from 0 to 65535 is wanted' }],
      [`meta ${'x'.repeat(513)}`, { code: 'TOO_LARGE' }],
      [`key turn ${key}`, { code: 'BAD_OPTION', error: 'key turn: add, use or remove is wanted' }],
      [`key use ${key}`, { code: 'BAD_KEY', error: 'requested key is not in the keyring' }],
      ['join /127.0.0.1', { code: 'BAD_ADDRESS' }],
      [`broadcast ${'x'.repeat(2_000)}`, { code: 'TOO_LARGE' }],
    ];
    for (const [command, error] of commands) {
      a.say(command);
      await a.seen({ event: 'error', ...error });
    }
    a.say('quit');
    expect(await once(a.child, 'exit')).toEqual([0, null]);
    expect(a.lines.filter(({ event }) => event === 'error')).toHaveLength(commands.length);
  });

  it('state – is exchanged when joining; SIGTERM – leaves first', async () => {
    const a = await agent('a');
    a.say('state of a');
    const b = await agent('b', '--join', a.address);
    await b.seen({ event: 'state', text: 'of a' });
    b.child.kill('SIGTERM');
    await a.seen({ event: 'leave', node: { name: 'b' }, reason: 'left' });
    expect(await once(b.child, 'exit')).toEqual([0, null]);
  });

  it.each([
    [['agent', '--name', 'a', '--bind', 'x'], '--bind is "x": host:port is wanted'],
    [['dance'], 'there is no command "dance"; agent and decode are there'],
  ])('%j – one sentence, exit status 1', async (args, message) => {
    await expect(run(process.execPath, [MAIN, ...args])).rejects.toMatchObject({
      code: 1,
      stderr: `${message}\n`,
      stdout: '',
    });
  });

  it('cannot start – an error as a line, exit status 1', async () => {
    const args = [MAIN, 'agent', '--name', 'a', '--preset', 'moon', '--bind', '127.0.0.1:0'];
    const failed = await run(process.execPath, args).catch((error: { code: number; stdout: string }) => error);
    expect(failed).toMatchObject({ code: 1 });
    expect(JSON.parse(failed.stdout)).toMatchObject({
      event: 'error',
      code: 'BAD_OPTION',
      error: 'preset is "moon"; allowed are lan, wan, local',
    });
  });

  it('--help – names every command', async () => {
    const { stdout } = await run(process.execPath, [MAIN, '--help']);
    for (const word of ['agent', 'decode', 'send-reliable', '--delegate-versions', '--stream'])
      expect(stdout).toContain(word);
  });
});

describe('memberlist decode', () => {
  it('a packet – as JSON, with the names of the wire', async () => {
    const { stdout } = await run(process.execPath, [MAIN, 'decode', '0082a44e6f6465a66e6f64652d62a55365714e6f01']);
    expect(JSON.parse(stdout)).toEqual({
      messages: [{ type: 'ping', fields: { SeqNo: 1, Node: 'node-b' } }],
      layers: [],
    });
  });

  it('with key and label, and of a connection – what it was wrapped in is told', async () => {
    const key = Buffer.alloc(16, 1);
    const settings = resolveConfig({ keys: [key], label: 'blue', compression: false });
    const message = encodeUserStream(Buffer.from('hi'));
    const flags = ['--key', key.toString('base64'), '--label', 'blue'];
    const packet = sealPacket(encodePing({ seqNo: 7, node: 'a' }), settings, true);
    const decode = async (...args: string[]) =>
      JSON.parse((await run(process.execPath, [MAIN, 'decode', ...flags, ...args])).stdout) as unknown;
    expect(await decode(packet.toString('hex'))).toEqual({
      messages: [{ type: 'ping', fields: { SeqNo: 7, Node: 'a' } }],
      layers: ['label blue', 'encrypt', 'crc'],
    });
    expect(await decode('--stream', sealStream(message, settings, 'dialler').toString('hex'))).toEqual({
      messages: [{ type: 'user', fields: { Payload: Buffer.from('hi').toString('hex') } }],
      layers: ['label blue', 'encrypt'],
    });
  });

  it('what cannot be read – an error as JSON, exit status 1', async () => {
    const failed = await run(process.execPath, [MAIN, 'decode', 'zz']).catch(
      (error: { code: number; stdout: string }) => error,
    );
    expect(failed).toMatchObject({ code: 1 });
    expect(JSON.parse(failed.stdout)).toEqual({ error: expect.any(String) });
  });
});
