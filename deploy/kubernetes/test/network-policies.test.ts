import { describe, expect, it } from 'vitest';
import { selectedBy, workloadsOf } from './kube-objects.ts';
import { mayCall } from './network-policies.ts';
import { overlays } from './overlays.ts';

/** Who calls whom by HTTP, as the architecture says. */
const CALLS: Record<string, string[]> = {
  'wordcloud-ui': ['wordcloud-bff'],
  // Seg, too: each instance tells the door about injected faults.
  'wordcloud-bff': ['wordcloud-maker', 'wordcloud-seg', 'wordcloud-task', 'wordcloud-user'],
  'wordcloud-user': [],
  'wordcloud-task': [],
  'wordcloud-seg': [],
  'wordcloud-maker': ['wordcloud-seg', 'wordcloud-task'],
};
const MEMBERS = Object.keys(CALLS).filter((name) => name !== 'wordcloud-ui');
const STORES: Record<string, { port: number; users: string[] }> = {
  mysql: { port: 3306, users: ['wordcloud-task', 'wordcloud-user'] },
  valkey: { port: 6379, users: ['wordcloud-bff'] },
  'object-store': { port: 9000, users: ['wordcloud-bff', 'wordcloud-maker'] },
};

describe.each(overlays)('$name', ({ objects }) => {
  const labelsOf = (name: string) =>
    selectedBy(objects, { matchLabels: { 'app.kubernetes.io/name': name } })[0]!.spec.template.metadata.labels;
  const callersOf = (name: string, port: number, protocol = 'TCP') =>
    workloadsOf(objects)
      .map(({ metadata }) => metadata.name)
      .filter((from) => mayCall(objects, labelsOf(from), labelsOf(name), port, protocol))
      .sort();

  it.each(Object.keys(CALLS))('%s – is called by those who need it, and nobody else', (name) => {
    const callers = Object.keys(CALLS).filter((from) => CALLS[from]!.includes(name));
    expect(callersOf(name, 6060)).toEqual(callers.sort());
  });

  it.each(['TCP', 'UDP'])('gossip by %s – each of the five with each, but not with the page', (protocol) => {
    for (const name of MEMBERS) expect(callersOf(name, 7946, protocol)).toEqual(MEMBERS.toSorted());
    expect(callersOf('wordcloud-ui', 7946, protocol)).toEqual([]);
  });
});

it.each(Object.entries(STORES))('%s – is asked by those whose data it holds', (name, { port, users }) => {
  const { objects } = overlays[0]!;
  const labelsOf = (each: string) =>
    selectedBy(objects, { matchLabels: { 'app.kubernetes.io/name': each } })[0]!.spec.template.metadata.labels;
  const callers = workloadsOf(objects)
    .map(({ metadata }) => metadata.name)
    .filter((from) => mayCall(objects, labelsOf(from), labelsOf(name), port));
  expect(callers.sort()).toEqual(users);
});
