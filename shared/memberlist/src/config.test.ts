import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { resolveConfig } from './config.ts';
import type { MemberlistOptions } from './options.ts';
import { PRESETS } from './presets.ts';

describe('resolveConfig', () => {
  it('nothing said – the LAN preset on 0.0.0.0:7946, under the name of the host, protocol 2', () => {
    const config = resolveConfig({});
    expect(config).toMatchObject({
      ...PRESETS.lan,
      name: hostname(),
      bind: { address: '0.0.0.0', port: 7946 },
      protocol: 2,
    });
    expect([...config.versions]).toEqual([1, 5, 2, 0, 0, 0]);
  });

  it.each(['lan', 'wan', 'local'] as const)('preset %s – its numbers, and single ones changed', (preset) => {
    expect(resolveConfig({ preset, gossipNodes: 9 })).toMatchObject({ ...PRESETS[preset], gossipNodes: 9 });
  });

  it.each([1, 2, 3, 4, 5])('protocol %i – allowed', (protocol) => {
    expect(resolveConfig({ protocol }).versions[2]).toBe(protocol);
  });

  it.each([
    [{ protocol: 0 }, 'protocol is 0; a whole number from 1 to 5 is wanted'],
    [{ protocol: 6 }, 'protocol is 6; a whole number from 1 to 5 is wanted'],
    [{ name: '' }, 'name is empty; each node needs a name of its own'],
    [{ label: 'x'.repeat(256) }, 'label has 256 bytes, at most 255 are allowed'],
    [{ bind: { port: 65_536 } }, 'bind.port is 65536; a whole number from 0 to 65535 is wanted'],
    [{ preset: 'moon' as 'lan' }, 'preset is "moon"; allowed are lan, wan, local'],
    [{ probeIntervalMs: -1 }, 'probeIntervalMs is -1; a whole number from 0 to 2147483647 is wanted'],
    [{ probeIntervalMs: Number.NaN }, 'probeIntervalMs is NaN; a whole number from 0 to 2147483647 is wanted'],
    [{ weight: 70_000 }, 'weight is 70000; a whole number from 0 to 65535 is wanted'],
    [{ packetBytes: 10 }, 'packetBytes is 10; a whole number from 576 to 65507 is wanted'],
    [{ initialIncarnation: 1.5 }, 'initialIncarnation is 1.5; a whole number from 0 to 4294967294 is wanted'],
    [
      { delegateVersions: { min: 0, max: 256, current: 0 } },
      'delegateVersions.max is 256; a whole number from 0 to 255 is wanted',
    ],
    [
      { delegateVersions: { min: -1, max: 0, current: 0 } },
      'delegateVersions.min is -1; a whole number from 0 to 255 is wanted',
    ],
    [
      { delegateVersions: { min: 0, max: 0, current: 0.5 } },
      'delegateVersions.current is 0.5; a whole number from 0 to 255 is wanted',
    ],
    [{ advertise: { port: 0 } }, 'advertise.port is 0; a whole number from 1 to 65535 is wanted'],
    [{ metaBytes: 65_536 }, 'metaBytes is 65536; a whole number from 0 to 65535 is wanted'],
    [{ deadNodeReclaimMs: -1 }, 'deadNodeReclaimMs is -1; a whole number from 0 to 2147483647 is wanted'],
    [{ packetBytes: 65_508 }, 'packetBytes is 65508; a whole number from 576 to 65507 is wanted'],
    [
      { initialIncarnation: 2 ** 32 - 1 },
      'initialIncarnation is 4294967295; a whole number from 0 to 4294967294 is wanted',
    ],
    [{ allowedCidrs: ['x'] }, 'allowedCidrs: "x" is no network such as 10.0.0.0/8'],
  ] as [MemberlistOptions, string][])('%j – refused', (options, message) => {
    expect(() => resolveConfig(options)).toThrowError(expect.objectContaining({ code: 'BAD_OPTION', message }));
  });

  it.each(Object.keys(PRESETS.lan) as (keyof typeof PRESETS.lan)[])('%s – no fractions, nothing negative', (key) => {
    for (const value of [-1, 0.5, Number.POSITIVE_INFINITY, 2 ** 31, '7' as unknown as number]) {
      expect(() => resolveConfig({ [key]: value })).toThrowError(
        expect.objectContaining({
          code: 'BAD_OPTION',
          message: `${key} is ${value}; a whole number from 0 to 2147483647 is wanted`,
        }),
      );
    }
  });

  it('seeds that cannot be read – refused at the start, not at the first attempt', () => {
    expect(() => resolveConfig({ seeds: ['10.0.0.1', '/10.0.0.2'] })).toThrowError(
      expect.objectContaining({ code: 'BAD_ADDRESS', message: expect.stringContaining('"/10.0.0.2"') }),
    );
  });

  it('metadata above the limit – refused, not a crash; the limit may be raised', () => {
    expect(() => resolveConfig({ meta: 'x'.repeat(513) })).toThrowError(
      expect.objectContaining({ code: 'TOO_LARGE', message: 'metadata has 513 bytes, at most 512 are allowed' }),
    );
    expect(resolveConfig({ meta: 'é', metaBytes: 2 }).meta).toHaveLength(2);
    expect(resolveConfig({ meta: 'x'.repeat(600), metaBytes: 1000 }).meta).toHaveLength(600);
  });

  it.each([
    [0, true],
    [16, true],
    [24, true],
    [32, true],
    [3, false],
    [38, false],
  ])('a key of %i bytes – allowed: %s', (length, isAllowed) => {
    const make = () => resolveConfig({ keys: length === 0 ? [] : [new Uint8Array(length)] });
    if (isAllowed) expect(make().keyring.keys).toHaveLength(length === 0 ? 0 : 1);
    else
      expect(make).toThrowError(
        expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringMatching(/^keys: .*16, 24 or 32/) }),
      );
  });

  it('several keys – the first one encrypts', () => {
    const keys = [1, 2, 3].map((fill) => new Uint8Array(16).fill(fill));
    expect(Buffer.from(resolveConfig({ keys }).keyring.keys[0]!)).toEqual(Buffer.from(keys[0]!));
  });
});
