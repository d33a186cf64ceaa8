import { describe, expect, it } from 'vitest';
import { makeInstance } from '../../test/scripted-discovery.ts';
import { prometheusTargets } from './prometheus-sd.ts';

describe('prometheusTargets', () => {
  it('an instance – its metrics page with labels', () => {
    const instance = makeInstance('a', {
      baseUrl: 'http://10.0.0.1:6060/seg',
      zone: 'z1',
      weight: 0.5,
      data: { node: 'v24' },
    });
    expect(prometheusTargets([instance])).toEqual([
      {
        targets: ['10.0.0.1:6060'],
        labels: {
          __scheme__: 'http',
          __metrics_path__: '/seg/go-doudou/prometheus',
          service: 'seg',
          instance_id: 'a',
          zone: 'z1',
          __meta_discovery_status: 'up',
          __meta_discovery_mode: 'scripted',
          __meta_discovery_weight: '0.5',
          __meta_discovery_version: '1.2.3',
          __meta_discovery_data_node: 'v24',
        },
      },
    ]);
  });

  it('no zone – no label; https, IPv6 – as targets want them', () => {
    const [group] = prometheusTargets([makeInstance('a', { baseUrl: 'https://[::1]' })]);
    expect(group!.targets).toEqual(['[::1]:443']);
    expect(group!.labels).toMatchObject({ __scheme__: 'https', __metrics_path__: '/go-doudou/prometheus' });
    expect(group!.labels).not.toHaveProperty('zone');
  });

  it('suspect and draining – targets, too', () => {
    const instances = (['up', 'suspect', 'draining'] as const).map((status) => makeInstance(status, { status }));
    const statuses = prometheusTargets(instances).map(({ labels }) => labels.__meta_discovery_status);
    expect(statuses).toEqual(['up', 'suspect', 'draining']);
  });

  it('keys of data that are no label names, or name what is not theirs – every label name is allowed, ours stay', () => {
    const data = JSON.parse('{"build.time":"1","ä-b":"2","":"3","__proto__":"4","__address__":"evil:1","service":"x"}');
    const [group] = prometheusTargets([makeInstance('a', { data })]);
    for (const name of Object.keys(group!.labels)) expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
    expect(group!.labels).toMatchObject({
      service: 'seg',
      __meta_discovery_data_build_time: '1',
      __meta_discovery_data___b: '2',
      __meta_discovery_data_: '3',
      __meta_discovery_data___proto__: '4',
    });
    expect(group!.labels).not.toHaveProperty('__address__');
  });

  it('a base URL that is none – left out, the others stay', () => {
    const instances = [makeInstance('a', { baseUrl: 'http://a b:1' }), makeInstance('b')];
    expect(prometheusTargets(instances).map(({ targets }) => targets)).toEqual([['b:6060']]);
  });
});
