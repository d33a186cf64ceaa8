import { ProblemError } from '@wordcloud/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { times } from '../test/harness.ts';
import { type BreakerOptions, type BreakerState, InstanceBreaker } from './instance-breaker.ts';
import type { Outcome } from './outcome.ts';

const error = new ProblemError('UNAVAILABLE', 'a sentence');
const good: Outcome = { kind: 'answered', reply: { status: 200, headers: {}, text: '{}' }, isSlow: false };
const slow: Outcome = { ...good, isSlow: true };
const fault: Outcome = { kind: 'broken', error };
const aborted: Outcome = { kind: 'aborted', error: new Error('gone') };
const impatient: Outcome = { kind: 'timeout', error, isPatient: false };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function create(options: BreakerOptions = {}) {
  const told: BreakerState[] = [];
  const breaker = new InstanceBreaker(options, (state) => told.push(state));
  const run = async (...outcomes: Outcome[]) => {
    for (const outcome of outcomes) expect(await breaker.run(async () => outcome)).toBe(outcome);
  };
  return { breaker, told, run };
}

/** One that is half open. */
async function createHalfOpen() {
  const made = create();
  await made.run(...Array(6).fill(fault));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(made.breaker.state).toBe('half-open');
  return made;
}

describe('closed', () => {
  it('five faults – stays; the sixth opens it', async () => {
    const { breaker, told, run } = create();
    await run(fault, fault, fault, fault, fault);
    expect(breaker.state).toBe('closed');
    await run(fault);
    expect([breaker.state, told]).toEqual(['open', ['open']]);
    expect([breaker.lets(false), breaker.lets(true)]).toEqual([false, false]);
  });

  it('half of the calls are faults – stays; more than half opens it', async () => {
    const { breaker, run } = create();
    await run(good, fault, good, fault, good, fault);
    expect(breaker.state).toBe('closed');
    await run(fault);
    expect(breaker.state).toBe('open');
  });

  it('much slower than the others – is a fault', async () => {
    const { breaker, run } = create();
    await run(slow, slow, slow, slow, slow, slow);
    expect(breaker.state).toBe('open');
  });

  it.each([
    ['callers who leave', aborted],
    ['callers without time', impatient],
  ])('%s – never open it', async (_name, outcome) => {
    const { breaker, run } = create();
    await run(...Array(50).fill(outcome));
    expect(breaker.state).toBe('closed');
  });

  it('faults further back than the window – are forgotten', async () => {
    const { breaker, run } = create();
    await run(fault, fault, fault, fault, fault);
    await vi.advanceTimersByTimeAsync(11_000);
    await run(fault);
    expect(breaker.state).toBe('closed');
  });

  it('its options – say how many, how far back, how long', async () => {
    const { breaker, run } = create({ minimumCalls: 2, errorPercent: 90, windowMs: 100, openMs: 20 });
    await run(fault);
    await vi.advanceTimersByTimeAsync(110);
    await run(fault);
    expect(breaker.state).toBe('closed');
    await run(fault);
    expect(breaker.state).toBe('open');
    await vi.advanceTimersByTimeAsync(20);
    expect(breaker.state).toBe('half-open');
  });
});

describe('open', () => {
  it('after 5 s – half open: one call that may be repeated, no other', async () => {
    const { breaker, told, run } = create();
    await run(...Array(6).fill(fault));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(breaker.state).toBe('open');
    await vi.advanceTimersByTimeAsync(1);
    expect([breaker.state, told]).toEqual(['half-open', ['open', 'half-open']]);
    expect([breaker.lets(false), breaker.lets(true)]).toEqual([false, true]);
  });

  it('an answer to a call from before – does not close it', async () => {
    const { breaker, run } = create();
    const late = Promise.withResolvers<Outcome>();
    const running = breaker.run(() => late.promise);
    await run(...Array(5).fill(fault));
    late.resolve(good);
    await running;
    expect(breaker.state).toBe('open');
  });
});

describe('half open', () => {
  it('while the probe runs – nobody else', async () => {
    const { breaker } = await createHalfOpen();
    const probe = Promise.withResolvers<Outcome>();
    const running = breaker.run(() => probe.promise);
    expect([breaker.state, breaker.lets(true)]).toEqual(['half-open', false]);
    probe.resolve(good);
    await running;
    expect([breaker.state, breaker.lets(false)]).toEqual(['closed', true]);
  });

  it('a good probe – closes it, and the faults from before do not open it again', async () => {
    const { breaker, told, run } = await createHalfOpen();
    await run(good);
    expect([breaker.state, told]).toEqual(['closed', ['open', 'half-open', 'closed']]);
    await run(...Array(5).fill(fault));
    expect(breaker.state).toBe('closed');
    await run(fault);
    expect(breaker.state).toBe('open');
  });

  it('a call from before – has no word after the probe', async () => {
    const { breaker, run } = create();
    const late = times(20, () => Promise.withResolvers<Outcome>());
    const running = late.map(({ promise }) => breaker.run(() => promise));
    await run(...Array(21).fill(fault));
    expect(breaker.state).toBe('open');
    await vi.advanceTimersByTimeAsync(5_000);
    await run(good);
    for (const { resolve } of late) resolve(fault);
    expect(await Promise.all(running)).toEqual(Array(20).fill(fault));
    expect(breaker.state).toBe('closed');
    expect(vi.getTimerCount()).toBe(1);
  });

  it.each([
    ['fails', fault],
    ['is much slower than the others', slow],
    ['is left by its caller', aborted],
    ['ends as its caller has no time', impatient],
  ])('a probe that %s – opens it for another 5 s', async (_name, outcome) => {
    const { breaker, told, run } = await createHalfOpen();
    await run(outcome);
    expect([breaker.state, told]).toEqual(['open', ['open', 'half-open', 'open']]);
    await vi.advanceTimersByTimeAsync(5_000);
    await run(good);
    expect(breaker.state).toBe('closed');
  });
});

describe('shut down', () => {
  it.each<[string, () => Promise<ReturnType<typeof create>>]>([
    ['closed', async () => create()],
    [
      'open',
      async () => {
        const made = create();
        await made.run(...Array(6).fill(fault));
        return made;
      },
    ],
    ['half open', createHalfOpen],
  ])('%s – leaves no timer, and tells nothing more', async (_name, make) => {
    const { breaker, told } = await make();
    const before = told.length;
    breaker.close();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toHaveLength(before);
    expect(breaker.lets(true)).toBe(false);
  });

  it('calls in hand – end as they end, also those that would open it', async () => {
    const { breaker, told, run } = create();
    await run(...Array(5).fill(fault));
    const late = Promise.withResolvers<Outcome>();
    const running = breaker.run(() => late.promise);
    breaker.close();
    late.resolve(fault);
    expect(await running).toBe(fault);
    expect([told, vi.getTimerCount()]).toEqual([[], 0]);
  });
});
