import { describe, expect, it } from 'vitest';
import { makeInstance } from '../../test/scripted-discovery.ts';
import type { InstanceRecord } from './registry-history.ts';
import { registryRows } from './registry-rows.ts';

const NOW = Date.UTC(2026, 0, 1, 12);

const record = (id: string, more: Partial<InstanceRecord['instance']> = {}): InstanceRecord => ({
  instance: makeInstance(id, more),
  status: 'up',
  since: NOW - 1_000,
  changes: [{ status: 'up', at: NOW - 1_000 }],
});
const rowOf = (one: InstanceRecord) => registryRows([one], NOW)[0]!;

describe('registryRows', () => {
  it('an instance – all that is known of it', () => {
    const baseUrl = 'http://[::1]:6060/seg';
    const more = { baseUrl, weight: 2, zone: 'z', startedAt: NOW - 61_500, data: { node: 'v24' }, mode: 'memberlist' };
    expect(rowOf(record('a', more))).toEqual({
      service: 'seg',
      id: 'a',
      mode: 'memberlist',
      host: '::1',
      port: 6060,
      baseUrl,
      status: 'up',
      since: '2026-01-01T11:59:59.000Z',
      changes: [{ status: 'up', at: '2026-01-01T11:59:59.000Z' }],
      weight: 2,
      version: '1.2.3',
      zone: 'z',
      uptimeSeconds: 61,
      data: { node: 'v24' },
    });
  });

  it('order – by service, then by id, as code units', () => {
    const records = [
      record('b'),
      record('a', { service: 'task' }),
      record('B'),
      record('a'),
      record('z', { service: 'maker' }),
    ];
    const order = registryRows(records, NOW).map(({ service, id }) => `${service} ${id}`);
    expect(order).toEqual(['maker z', 'seg B', 'seg a', 'seg b', 'task a']);
  });

  it('uptime – unknown, of a clock ahead of ours, of one that is gone', () => {
    expect(rowOf(record('a', { startedAt: 0 })).uptimeSeconds).toBeNull();
    expect(rowOf(record('a', { startedAt: NOW + 5_000 })).uptimeSeconds).toBe(0);
    expect(rowOf(record('a', { startedAt: Number.MAX_SAFE_INTEGER })).uptimeSeconds).toBe(0);
    expect(rowOf({ ...record('a', { startedAt: NOW - 5_000 }), status: 'gone' }).uptimeSeconds).toBe(4);
  });

  it('a base URL that is none – shown as it is, without host and port', () => {
    expect(rowOf(record('a', { baseUrl: 'http://a b:1' }))).toMatchObject({
      baseUrl: 'http://a b:1',
      host: '',
      port: null,
    });
  });
});
