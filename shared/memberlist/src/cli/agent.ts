import { createInterface } from 'node:readline';
import { JoinError } from '../errors.ts';
import { Memberlist } from '../memberlist.ts';
import type { MemberlistOptions } from '../options.ts';
import { runCommand } from './commands.ts';
import { type AgentState, nodeFields, type Print, printLine, texts } from './lines.ts';

/**
 * Takes part in a cluster until its standard input says `quit`, or it gets SIGINT or SIGTERM; then it leaves and closes. The end of
 * standard input alone does not end it, so that it can run in the background.
 */
export async function runAgent(options: MemberlistOptions): Promise<void> {
  const state: AgentState = { userState: new Uint8Array(0) };
  const node = await Memberlist.create({
    ...options,
    delegate: {
      localState: () => state.userState,
      mergeRemoteState: (bytes) => printLine('state', texts(bytes)),
    },
  });
  printEvents(node, printLine);
  printLine('ready', { node: nodeFields(node.self!) });
  await new Promise<void>((quit) => {
    process.once('SIGINT', quit);
    process.once('SIGTERM', quit);
    const input = createInterface({ input: process.stdin });
    // Commands are run one after another.
    let last = Promise.resolve();
    input.on('line', (line) => {
      if (line.trim() === 'quit') last = last.then(quit);
      else if (line.trim() !== '') last = last.then(() => report(runCommand(node, state, line, printLine)));
    });
  });
  process.stdin.destroy();
  await node[Symbol.asyncDispose]();
}

function printEvents(node: Memberlist, print: Print): void {
  node.on('join', (other) => print('join', { node: nodeFields(other) }));
  node.on('leave', (other, reason) => print('leave', { node: nodeFields(other), reason }));
  node.on('update', (other, changed) => print('update', { node: nodeFields(other), changed }));
  node.on('suspect', (other) => print('suspect', { node: nodeFields(other) }));
  node.on('alive', (other) => print('alive', { node: nodeFields(other) }));
  node.on('conflict', (existing, other) => print('conflict', { node: nodeFields(existing), other: nodeFields(other) }));
  node.on('message', (payload, { via, from }) => print('message', { ...texts(payload), via, from }));
  node.on('warning', ({ code, message, about }) => print('error', { code, error: message, about }));
}

async function report(running: Promise<void>): Promise<void> {
  try {
    await running;
  } catch (thrown) {
    const error = thrown as Error & { code?: string };
    const details = thrown instanceof JoinError ? { errors: thrown.errors.map(({ message }) => message) } : {};
    printLine('error', { code: error.code, error: error.message, ...details });
  }
}
