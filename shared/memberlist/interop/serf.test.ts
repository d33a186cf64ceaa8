/** Serf's agent and an agent of ours are members of one cluster. Serf asks for its own delegate versions. */
import { describe, it } from 'vitest';
import { about, left } from './events.ts';
import { subject } from './pairings.ts';
import { type AgentFlags, agentCommand, findSerf, startPeer } from './peers.ts';
import { makeKey } from './variants.ts';

const serf = await findSerf();
const agent = await agentCommand(subject);
const missing = ['skipped' in serf ? serf.skipped : '', Array.isArray(agent) ? '' : agent.skipped].filter(Boolean);
const note = missing.length === 0 ? '' : ` [skipped: ${missing.join('; ')}]`;
if (note) console.warn(`Interop tests with Serf are skipped: ${missing.join('; ')}`);

/** Serf 0.8 to 0.10: 2 to 5, speaking 4 unless told otherwise. */
const SERF_VERSIONS: AgentFlags = { 'delegate-versions': '2,5,4', preset: 'local' };
const TIMEOUT_MS = 20_000;
const ROWS = [
  { name: 'plain', key: undefined },
  { name: 'with a key', key: makeKey(32) },
];

describe.skipIf(note !== '')(`${subject} and Serf${note}`, () => {
  it.concurrent.for(ROWS)('$name: joins Serf, leaves', { timeout: 60_000 }, async ({ key }, { expect }) => {
    await using other = await startPeer({ kind: 'serf', name: 'serf', ...(key && { key }) });
    const flags = { ...SERF_VERSIONS, ...(key && { key }), meta: 'plain text', join: other.address };
    await using mine = await startPeer({ kind: subject, name: 'mine', flags });
    await mine.waitFor(about('join', 'serf', { address: '127.0.0.1', port: other.port }), TIMEOUT_MS);
    await other.waitFor(about('join', 'mine', { address: '127.0.0.1', port: mine.port }), TIMEOUT_MS);
    mine.command('leave');
    // Serf calls left only who has told so in Serf's own words.
    await other.waitFor(about('leave', 'mine'), TIMEOUT_MS);
    expect((await other.members()).map(({ name }) => name)).toEqual(['serf']);
  });

  it.concurrent.for(ROWS)('$name: is joined by Serf, which leaves', { timeout: 60_000 }, async ({ key }) => {
    const flags = { ...SERF_VERSIONS, ...(key && { key }) };
    await using mine = await startPeer({ kind: subject, name: 'mine', flags });
    await using other = await startPeer({ kind: 'serf', name: 'serf', join: mine.address, ...(key && { key }) });
    await other.waitFor(about('join', 'mine', { port: mine.port }), TIMEOUT_MS);
    await mine.waitFor(about('join', 'serf', { port: other.port }), TIMEOUT_MS);
    other.command('leave');
    await mine.waitFor(left('serf', 'left'), TIMEOUT_MS);
  });

  it.concurrent('sees a crash of Serf, and Serf one of ours', { timeout: 60_000 }, async () => {
    await using other = await startPeer({ kind: 'serf', name: 'serf' });
    const flags = { ...SERF_VERSIONS, join: other.address };
    await using mine = await startPeer({ kind: subject, name: 'mine', flags });
    await using second = await startPeer({ kind: subject, name: 'second', flags });
    await other.waitFor(about('join', 'second'), TIMEOUT_MS);
    second.kill('SIGKILL');
    await other.waitFor(left('second', 'failed'), TIMEOUT_MS);
    other.kill('SIGKILL');
    await mine.waitFor(left('serf', 'failed'), TIMEOUT_MS);
  });
});
