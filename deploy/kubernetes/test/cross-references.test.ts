import { describe, expect, it } from 'vitest';
import { checkAll } from './checks.ts';
import { type KubeObject, nameOf, ofKind, workloadsOf } from './kube-objects.ts';
import { EXAMPLE_KEYS, overlays } from './overlays.ts';

describe.each(overlays)('$name', ({ objects, outside }) => {
  it('what one object says of another – is so', () => {
    expect(checkAll(objects, outside)).toEqual([]);
  });

  it('the whole system – six services, a budget for each, two that scale by themselves', () => {
    const names = ofKind(objects, 'Deployment').map(({ metadata }) => metadata.name);
    const services = ['ui', 'bff', 'user', 'task', 'seg', 'maker'].map((name) => `wordcloud-${name}`);
    expect(names.sort()).toEqual(services.toSorted());
    expect(ofKind(objects, 'PodDisruptionBudget').map(({ metadata }) => metadata.name)).toEqual(services);
    expect(ofKind(objects, 'HorizontalPodAutoscaler').map(({ metadata }) => metadata.name)).toEqual([
      'wordcloud-seg',
      'wordcloud-maker',
    ]);
  });

  it('objects – each names its app and lies in the one namespace, but for those of the cluster', () => {
    const namespace = ofKind(objects, 'Namespace')[0]!.metadata.name;
    for (const { kind, metadata } of objects) {
      expect(metadata.namespace, metadata.name).toBe(
        ['Namespace', 'PriorityClass'].includes(kind) ? undefined : namespace,
      );
    }
  });
});

it('secrets from outside – every key that a service reads is in the example, and nothing else', () => {
  const [, production, withOperators] = overlays;
  const read = workloadsOf(production!.objects).flatMap(({ spec }) =>
    spec.template.spec.containers.flatMap(({ env = [] }) =>
      env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.key ?? []),
    ),
  );
  expect([...new Set(read)].sort()).toEqual(EXAMPLE_KEYS.toSorted());
  expect(ofKind(production!.objects, 'Secret')).toEqual([]);
  const { data } = ofKind(withOperators!.objects, 'ExternalSecret')[0]!.spec as { data: { secretKey: string }[] };
  expect(data.map(({ secretKey }) => secretKey)).toEqual(EXAMPLE_KEYS);
});

it('secrets of the demonstration – none of them is in the production overlay', () => {
  const [demo, production] = overlays;
  const values = ofKind(demo!.objects, 'Secret').flatMap(({ data = {} }) => Object.values(data));
  const secrets = values.map((value) => Buffer.from(value, 'base64').toString()).filter((value) => value.length > 5);
  expect(secrets.length).toBeGreaterThan(5);
  const text = JSON.stringify(production!.objects);
  for (const secret of secrets) expect(text).not.toContain(secret);
});

it('an object that others need – is missed, whichever it is', () => {
  const { objects, outside } = overlays[1]!;
  const kinds = ['ConfigMap', 'Secret', 'ServiceAccount', 'Deployment', 'Service', 'PriorityClass'];
  for (const object of ofKind(objects, ...kinds)) {
    const without = objects.filter((each) => each !== object);
    expect(checkAll(without, outside).length, nameOf(object)).toBeGreaterThan(0);
  }
});

it('ingress – a service, a port or a certificate that is missing is found', () => {
  const { objects, outside } = overlays[1]!;
  const broken = (from: string, to: string) =>
    checkAll(JSON.parse(JSON.stringify(objects).replace(from, to)) as KubeObject[], outside).join();
  expect(broken('"service":{"name":"wordcloud-ui"', '"service":{"name":"away"')).toContain('Service away is missing');
  expect(broken('"port":{"name":"http"}', '"port":{"name":"away"}')).toContain('has no port away');
  expect(broken('"hosts":["wordcloud.example.com"]', '"hosts":[]')).toContain('wordcloud.example.com is without TLS');
  expect(broken('"priorityClassName":"wordcloud-door"', '"priorityClassName":"away"')).toContain('PriorityClass away');
});
