import { createBalancer } from '@wordcloud/discovery';
import { describe, expect, it } from 'vitest';
import { type Choice, chooseInstance } from './choose-instance.ts';
import type { InstanceBreaker } from './instance-breaker.ts';
import type { RemoteInstance } from './remote-instance.ts';

/** @param takes calls of this kind */
const remote = (
  id: string,
  takes: 'all' | 'probe' | 'none',
  { zone = '', breakerState = (takes === 'probe' ? 'half-open' : 'closed') as InstanceBreaker['state'] } = {},
) =>
  ({
    ...{ id, zone, breakerState, weight: 1, inFlight: 0 },
    takesCalls: (isProbe: boolean) => takes === 'all' || (takes === 'probe' && isProbe),
  }) as unknown as RemoteInstance;

const choose = (instances: RemoteInstance[], more: Partial<Choice> = {}) =>
  chooseInstance(instances, {
    tried: [],
    isProbe: true,
    zone: '',
    balancer: createBalancer('round-robin'),
    key: undefined,
    ...more,
  })?.id;

const [a, b, off, half] = [remote('a', 'all'), remote('b', 'all'), remote('off', 'none'), remote('half', 'probe')];

describe('chooseInstance', () => {
  it.each<[string, string | undefined, RemoteInstance[], Partial<Choice>]>([
    ['nobody is there', undefined, [], {}],
    ['nobody takes calls', undefined, [off], {}],
    ['who takes no calls is left out', 'a', [off, a], {}],
    ['who was tried is left out', 'b', [a, b], { tried: [a] }],
    ['all were tried: any, for it may be back', 'a', [a, b, off], { tried: [b, a] }],
    ['one is half open: it is tried out at once', 'half', [a, b, half], {}],
    ['a call that is no probe does not try', 'a', [half, a], { isProbe: false }],
    ['unless nobody else is left', 'half', [off, half], { isProbe: false }],
    ['the half open one was tried', 'a', [half, a], { tried: [half] }],
  ])('%s – %s', (_name, expected, instances, more) => {
    expect(choose(instances, more)).toBe(expected);
  });

  it('zones – near ones first, then those further away, then again', () => {
    const near = remote('near', 'all', { zone: 'x' });
    const far = remote('far', 'all', { zone: 'y' });
    expect(choose([far, near], { zone: 'x' })).toBe('near');
    expect(choose([far, near], { zone: 'x', tried: [near] })).toBe('far');
    expect(choose([far, near], { zone: 'x', tried: [near, far] })).toBe('near');
    expect(choose([far, off], { zone: 'x' })).toBe('far');
  });
});
