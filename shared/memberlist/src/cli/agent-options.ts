import { parseArgs } from 'node:util';
import { parseJoinTarget } from '../addresses.ts';
import { MemberlistError } from '../errors.ts';
import type { MemberlistOptions } from '../options.ts';
import type { Preset } from '../presets.ts';

export const AGENT_USAGE = `memberlist agent --name NAME [options]   takes part in a cluster; events on standard output, commands on standard input

  --name NAME              unique in the cluster
  --bind HOST:PORT         where to listen, UDP and TCP (default 0.0.0.0:7946; port 0: any)
  --advertise HOST:PORT    what others are told
  --join HOST:PORT,...     nodes to join, tried again until one answers, and whenever they are lost
  --meta TEXT              metadata, at most 512 bytes
  --weight N               share of work that the node wants (default 1)
  --key BASE64,...         keys of 16, 24 or 32 bytes; the first encrypts
  --label TEXT             keeps clusters apart
  --compress true|false    --verify-incoming true|false    --verify-outgoing true|false
  --preset lan|wan|local   --protocol N    --delegate-versions MIN,MAX,CURRENT
  --probe-interval, --probe-timeout, --gossip-interval, --push-pull-interval, --rejoin-interval, --tcp-timeout MS
  --suspicion-mult N

Commands: members | join HOST:PORT | meta TEXT | weight N | broadcast TEXT | send NODE TEXT | send-reliable NODE TEXT
          state TEXT | ping NODE | key add|use|remove BASE64 | forget NODE | leave | stats | quit`;

const NUMBERS = {
  'probe-interval': 'probeIntervalMs',
  'probe-timeout': 'probeTimeoutMs',
  'gossip-interval': 'gossipIntervalMs',
  'push-pull-interval': 'pushPullIntervalMs',
  'rejoin-interval': 'rejoinIntervalMs',
  'tcp-timeout': 'tcpTimeoutMs',
  'suspicion-mult': 'suspicionMult',
  protocol: 'protocol',
  weight: 'weight',
} as const satisfies Record<string, keyof MemberlistOptions>;

const BOOLEANS = {
  compress: 'compression',
  'verify-incoming': 'verifyIncoming',
  'verify-outgoing': 'verifyOutgoing',
} as const satisfies Record<string, keyof MemberlistOptions>;

const TEXTS = ['name', 'bind', 'advertise', 'join', 'meta', 'key', 'label', 'preset', 'delegate-versions'];

/**
 * Makes options of a command line.
 *
 * @throws MemberlistError or TypeError (of parseArgs) naming the flag and what is wanted
 */
export function parseAgentOptions(args: readonly string[]): MemberlistOptions {
  const names = [...TEXTS, ...Object.keys(NUMBERS), ...Object.keys(BOOLEANS)];
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  });
  const given = values as Partial<Record<string, string>>;
  if (!given.name) throw bad('name', given.name, 'a name that is unique in the cluster');
  const options: MemberlistOptions = { name: given.name };
  if (given.bind !== undefined) options.bind = address('bind', given.bind);
  if (given.advertise !== undefined) options.advertise = address('advertise', given.advertise);
  if (given.join !== undefined) options.seeds = list(given.join);
  if (given.meta !== undefined) options.meta = given.meta;
  if (given.key !== undefined) options.keys = list(given.key).map(readKey);
  if (given.label !== undefined) options.label = given.label;
  if (given.preset !== undefined) options.preset = given.preset as Preset;
  const versions = given['delegate-versions'];
  if (versions !== undefined) options.delegateVersions = delegateVersions(versions);
  for (const [flag, key] of Object.entries(NUMBERS)) {
    const text = given[flag];
    if (text === undefined) continue;
    if (!/^\d+$/.test(text)) throw bad(flag, text, 'a whole number');
    options[key] = Number(text);
  }
  for (const [flag, key] of Object.entries(BOOLEANS)) {
    const text = given[flag];
    if (text === undefined) continue;
    if (text !== 'true' && text !== 'false') throw bad(flag, text, 'true or false');
    options[key] = text === 'true';
  }
  return options;
}

/** @throws MemberlistError BAD_OPTION */
export function readKey(text: string): Uint8Array {
  const key = Buffer.from(text, 'base64');
  if (![16, 24, 32].includes(key.length)) throw bad('key', undefined, '16, 24 or 32 bytes in base64');
  return key;
}

/** Splits at commas. */
export const list = (text: string): string[] => text.split(',').filter((item) => item !== '');

function address(flag: string, text: string): { address: string; port: number } {
  const match = /^(.*):(\d+)$/.exec(text);
  if (!match || Number(match[2]) > 65_535) throw bad(flag, text, 'host:port');
  if (match[2] === '0') return { address: match[1]!.replace(/^\[|\]$/g, ''), port: 0 };
  const { host, port } = parseJoinTarget(text, 0);
  return { address: host, port };
}

function delegateVersions(text: string): { min: number; max: number; current: number } {
  const [min, max, current, ...more] = text.split(',').map(Number);
  if (min === undefined || max === undefined || current === undefined || more.length > 0) {
    throw bad('delegate-versions', text, 'MIN,MAX,CURRENT');
  }
  return { min, max, current };
}

const bad = (flag: string, value: string | undefined, wanted: string) =>
  new MemberlistError('BAD_OPTION', `--${flag}${value === undefined ? '' : ` is "${value}"`}: ${wanted} is wanted`);
