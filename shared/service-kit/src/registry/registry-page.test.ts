import { describe, expect, it } from 'vitest';
import { makeInstance } from '../../test/scripted-discovery.ts';
import type { InstanceRecord, StatusChange } from './registry-history.ts';
import { type RegistryPageInput, registryPage } from './registry-page.ts';
import { registryRows } from './registry-rows.ts';

const NOW = Date.UTC(2026, 0, 1, 12);

const record = (
  id: string,
  more: Partial<InstanceRecord['instance']> = {},
  past: StatusChange[] = [],
): InstanceRecord => {
  const instance = makeInstance(id, more);
  const present = { status: instance.status, at: NOW - 153_000 };
  return { instance, status: present.status, since: present.at, changes: [...past, present] };
};
const page = (records: InstanceRecord[], more: Partial<RegistryPageInput> = {}) =>
  registryPage({ service: 'maker', rows: registryRows(records, NOW), away: [], now: NOW, ...more });

describe('registryPage', () => {
  it('title – service and number of instances that are there', () => {
    const gone: InstanceRecord = { ...record('c'), status: 'gone' };
    expect(page([record('a'), record('b'), gone])).toContain('<title>maker sees 2 instances</title>');
    expect(page([record('a')])).toContain('<title>maker sees 1 instance</title>');
  });

  it('a row – what it is, since when and what was before, up for how long, a link to its API', () => {
    const past: StatusChange[] = [
      { status: 'up', at: NOW - 3_758_000 },
      { status: 'suspect', at: NOW - 158_000 },
    ];
    const text = page([record('a', { startedAt: NOW - 7_260_000, zone: 'z1', data: { node: 'v24' } }, past)]);
    expect(text).toContain('<span class="status up">up</span>');
    expect(text).toContain(
      'title="2026-01-01T11:57:27.000Z">2 min 33 s ago</time><small>before: suspect for 5 s, up for 1 h</small>',
    );
    expect(text).toContain('>2 h 1 min</td>');
    expect(text).toContain('<a href="http://a:6060/go-doudou/doc" rel="noreferrer">http://a:6060</a>');
    for (const cell of ['seg', '1.2.3', 'z1', 'scripted']) expect(text).toContain(`<td>${cell}</td>`);
    expect(text).toContain('<bdi>node: v24</bdi>');
  });

  it('each status – a word and a class of its own, and counted', () => {
    const text = page([
      record('a'),
      record('b'),
      record('c', { status: 'suspect' }),
      record('d', { status: 'draining' }),
      { ...record('e'), status: 'gone' },
    ]);
    for (const status of ['suspect', 'draining', 'gone']) {
      expect(text).toContain(`<td><span class="status ${status}">${status}</span></td>`);
      expect(text).toContain(`<span class="status ${status}">1 ${status}</span>`);
    }
    expect(text).toContain('<span class="status up">2 up</span>');
  });

  it('the own instance – marked, no other', () => {
    const text = page([record('a'), record('b')], { selfId: 'b' });
    expect(text.match(/this one/g)).toHaveLength(1);
    expect(text).toContain('<tr class="own"><td>seg</td>\n<td>b <small>this one</small></td>');
    expect(page([record('a')])).not.toContain('this one');
  });

  it('nobody – a sentence, no table', () => {
    const text = page([]);
    expect(text).toContain('No instance of any service is known');
    expect(text).toContain('<title>maker sees 0 instances</title>');
    expect(text).not.toContain('<table>');
  });

  it('a registry that is away – said', () => {
    expect(page([record('a')], { away: ['memberlist'] })).toContain('The registry memberlist is away.');
    expect(page([record('a')])).not.toContain('is away');
  });

  it('the clock was set back – no negative times', () => {
    const [early] = [record('a', {}, [{ status: 'suspect', at: NOW + 60_000 }])];
    const text = page([early!], { now: NOW - 600_000 });
    expect(text).toContain('>0 s ago</time><small>before: suspect for 0 s</small>');
  });

  it('loads itself again, has no script, and loads nothing from elsewhere', () => {
    const text = page([record('a')]);
    expect(text).toContain('<meta http-equiv="refresh" content="5">');
    expect(text).not.toMatch(/<script|<link|<img|@import|url\(| src=/);
  });

  it('hostile values in every field – are text', () => {
    const evil = `"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;`;
    const fields = {
      service: evil,
      baseUrl: `http://h:1/${evil}`,
      version: evil,
      zone: evil,
      mode: evil,
      data: { [evil]: evil },
    };
    const text = page([record(evil, fields), record('js', { baseUrl: 'javascript:alert(1)' })], {
      selfId: evil,
      away: [evil],
    });
    expect(text).not.toMatch(/<script|<img/);
    const escaped = '&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&amp;lt;';
    // Service, id, base URL twice, version, zone, mode, key, value, and the registry that is away.
    expect(text.split(escaped)).toHaveLength(11);
    expect(text).toContain('<td>javascript:alert(1)</td>');
    expect(text).not.toContain('href="javascript');
  });
});
