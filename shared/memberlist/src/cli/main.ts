#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { MemberlistError } from '../errors.ts';
import type { MemberlistOptions } from '../options.ts';
import { runAgent } from './agent.ts';
import { AGENT_USAGE, list, parseAgentOptions, readKey } from './agent-options.ts';
import { decodeHex } from './decode.ts';
import { printLine } from './lines.ts';

const DECODE_USAGE = `memberlist decode [--key BASE64,...] [--label TEXT] [--stream] HEX   shows what a packet, or one side of a connection, holds`;

const [command, ...args] = process.argv.slice(2);
if (args.includes('--help') || command === '--help' || command === undefined) {
  process.stdout.write(`${AGENT_USAGE}\n\n${DECODE_USAGE}\n`);
} else if (command === 'agent') await agent();
else if (command === 'decode') decode();
else fail(`there is no command "${command}"; agent and decode are there`);

async function agent(): Promise<void> {
  let options: MemberlistOptions;
  try {
    options = parseAgentOptions(args);
  } catch (error) {
    fail((error as Error).message);
    return;
  }
  try {
    await runAgent(options);
  } catch (error) {
    // Who reads the lines learns it there.
    const { code, message } = error as MemberlistError;
    printLine('error', { code, error: message });
    process.exitCode = 1;
  }
}

function decode(): void {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { key: { type: 'string' }, label: { type: 'string' }, stream: { type: 'boolean' } },
    });
    if (positionals.length !== 1) throw new Error('one text of hexadecimal digits is wanted');
    const decoded = decodeHex(positionals[0]!, {
      keys: list(values.key ?? '').map((key) => Buffer.from(readKey(key))),
      ...(values.label !== undefined && { label: values.label }),
      stream: values.stream ?? false,
    });
    process.stdout.write(`${JSON.stringify(decoded)}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: (error as Error).message })}\n`);
    process.exitCode = 1;
  }
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
