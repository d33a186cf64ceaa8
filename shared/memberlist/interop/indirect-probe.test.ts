/** A peer whose direct way is broken is not suspected while another way works: through a helper, or by TCP. */
import { describe, it } from 'vitest';
import { about } from './events.ts';
import { freePort } from './loopback.ts';
import { findPairings } from './pairings.ts';
import { startPeer } from './peers.ts';
import { startRelay } from './relay.ts';

const { pairs, note } = await findPairings();
/** So many pings of the prober must have been lost before the test believes that something else kept the target alive. */
const LOST_PINGS = 6;
/** So that the relay knows a ping when it sees one. */
const PLAIN = { compress: false };
const TIMEOUT_MS = 60_000;

if (note) it.skip(`indirect probes between implementations${note}`, () => {});

describe.each(pairs)('$seed probes, $joiner helps or is probed', ({ seed: proberKind, joiner: otherKind }) => {
  it.concurrent('asks a helper when neither UDP nor TCP reach the target', { timeout: TIMEOUT_MS }, async ({
    expect,
  }) => {
    const targetPort = await freePort();
    await using relay = await startRelay(targetPort);
    await using helper = await startPeer({ kind: otherKind, name: 'helper' });
    await using prober = await startPeer({
      kind: proberKind,
      name: 'prober',
      flags: { ...PLAIN, join: helper.address },
    });
    await using target = await startPeer({
      kind: otherKind,
      name: 'target',
      flags: { bind: `127.0.0.1:${targetPort}`, advertise: relay.address, join: helper.address },
    });
    await prober.waitFor(about('join', 'target'));
    await target.waitFor(about('join', 'prober'));

    relay.silenceTcp();
    relay.dropUdp(prober.port);
    await expect.poll(() => relay.droppedPings(prober.port), { timeout: 20_000 }).toBeGreaterThanOrEqual(LOST_PINGS);
    expect(prober.events.filter(about('suspect', 'target'))).toEqual([]);

    // Without the helper's way the target is lost: it was the helper that kept it.
    relay.dropUdp();
    await prober.waitFor(about('suspect', 'target'), 20_000);
  });

  it.concurrent('falls back to TCP where UDP is blocked', { timeout: TIMEOUT_MS }, async ({ expect }) => {
    const targetPort = await freePort();
    await using relay = await startRelay(targetPort);
    await using prober = await startPeer({ kind: proberKind, name: 'prober', flags: PLAIN });
    await using target = await startPeer({
      kind: otherKind,
      name: 'target',
      flags: { bind: `127.0.0.1:${targetPort}`, advertise: relay.address, join: prober.address },
    });
    await prober.waitFor(about('join', 'target'));
    await target.waitFor(about('join', 'prober'));

    relay.dropUdp();
    await expect.poll(() => relay.droppedPings(prober.port), { timeout: 20_000 }).toBeGreaterThanOrEqual(LOST_PINGS);
    expect(prober.events.filter(about('suspect', 'target'))).toEqual([]);

    relay.silenceTcp();
    await prober.waitFor(about('suspect', 'target'), 20_000);
  });
});
