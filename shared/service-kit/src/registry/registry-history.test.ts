import { afterEach, describe, expect, it } from 'vitest';
import { makeInstance, type ScriptedDiscovery, scriptedDiscovery } from '../../test/scripted-discovery.ts';
import { RegistryHistory } from './registry-history.ts';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

const opened: ScriptedDiscovery[] = [];
afterEach(async () => {
  for (const { discovery } of opened.splice(0)) await discovery.close();
});

async function begin() {
  const scripted = await scriptedDiscovery();
  opened.push(scripted);
  const clock = { now: START };
  return { ...scripted, clock, follow: () => new RegistryHistory(scripted.discovery, () => clock.now) };
}

const brief = (history: RegistryHistory) =>
  history.records().map(({ instance: { id }, status, since }) => `${id} ${status} ${since - START}`);

describe('RegistryHistory', () => {
  it('instances from before it began – since then, and followed on', async () => {
    const { say, clock, follow } = await begin();
    await say([makeInstance('a'), makeInstance('b', { status: 'suspect' })]);
    const history = follow();
    clock.now += 5;
    await say([makeInstance('b', { status: 'suspect' })]);
    expect(brief(history)).toEqual(['b suspect 0', 'a gone 5']);
  });

  it('status after status – each with its time, the last instance seen', async () => {
    const { say, clock, follow } = await begin();
    const history = follow();
    for (const status of ['up', 'suspect', 'up', 'draining'] as const) {
      clock.now += 10;
      await say([makeInstance('a', { status, weight: clock.now - START })]);
    }
    clock.now += 10;
    await say([]);
    const [record] = history.records();
    expect(record!.changes.map(({ status, at }) => `${status} ${at - START}`)).toEqual([
      'up 10',
      'suspect 20',
      'up 30',
      'draining 40',
      'gone 50',
    ]);
    expect(record).toMatchObject({ status: 'gone', since: START + 50, instance: { status: 'draining', weight: 40 } });
  });

  it('other fields change – the instance is the new one, since when stays', async () => {
    const { say, clock, follow } = await begin();
    const history = follow();
    await say([makeInstance('a')]);
    clock.now += 10;
    await say([makeInstance('a', { weight: 7 })]);
    expect(brief(history)).toEqual(['a up 0']);
    expect(history.records()[0]!.instance.weight).toBe(7);
  });

  it('another process under the same id – up since now', async () => {
    const { say, clock, follow } = await begin();
    const history = follow();
    await say([makeInstance('a', { startedAt: START })]);
    clock.now += 10;
    await say([makeInstance('a', { startedAt: START + 9 })]);
    expect(brief(history)).toEqual(['a up 10']);
  });

  it('gone and back – no longer gone, and what was before is still known', async () => {
    const { say, clock, follow } = await begin();
    const history = follow();
    await say([makeInstance('a')]);
    await say([]);
    clock.now += 10 * MINUTE - 1;
    await say([makeInstance('a')]);
    clock.now += 10 * MINUTE;
    expect(history.records()).toHaveLength(1);
    expect(history.records()[0]!.changes.map(({ status }) => status)).toEqual(['up', 'gone', 'up']);
  });

  it('gone for 10 minutes – forgotten, and no earlier', async () => {
    const { say, clock, follow } = await begin();
    const history = follow();
    await say([makeInstance('a'), makeInstance('b')]);
    await say([makeInstance('b')]);
    clock.now += 10 * MINUTE - 1;
    expect(brief(history)).toEqual(['b up 0', 'a gone 0']);
    clock.now += 1;
    expect(brief(history)).toEqual(['b up 0']);
  });

  it('many come and go – the latest 100 that went, and the latest 5 changes, are kept', async () => {
    const { say, clock, follow } = await begin();
    const history = follow();
    for (let round = 0; round < 150; round++) {
      clock.now++;
      await say([makeInstance(`i${round}`), makeInstance('a', { status: round % 2 === 0 ? 'up' : 'suspect' })]);
    }
    const records = history.records();
    const gone = records.filter(({ status }) => status === 'gone').map(({ instance: { id } }) => id);
    expect(gone).toEqual(Array.from({ length: 100 }, (_, index) => `i${index + 49}`));
    const { changes } = records.find(({ instance: { id } }) => id === 'a')!;
    expect(changes.map(({ at }) => at - START)).toEqual([146, 147, 148, 149, 150]);
  });
});
