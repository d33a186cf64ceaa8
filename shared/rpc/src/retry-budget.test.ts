import { describe, expect, it } from 'vitest';
import { RetryBudget } from './retry-budget.ts';

function createBudget() {
  const clock = { now: 5_000 };
  const budget = new RetryBudget(() => clock.now);
  const drain = () => {
    let count = 0;
    while (budget.withdraw()) count++;
    return count;
  };
  return { clock, budget, drain };
}

describe('RetryBudget', () => {
  it('at first – 200, and calls or time add no more', () => {
    const { clock, budget, drain } = createBudget();
    for (let i = 0; i < 100; i++) budget.deposit();
    clock.now += 60_000;
    expect(budget.balance).toBe(200);
    expect(drain()).toBe(200);
    expect(budget.balance).toBe(0);
  });

  it('five calls – pay for one retry', () => {
    const { budget, drain } = createBudget();
    drain();
    for (let i = 0; i < 4; i++) budget.deposit();
    expect(budget.withdraw()).toBe(false);
    // A fifth has no exact binary form: one call more than five, so that rounding decides nothing.
    for (let i = 0; i < 2; i++) budget.deposit();
    expect(drain()).toBe(1);
  });

  it('time – pays for ten a second, and the balance shows it', () => {
    const { clock, budget, drain } = createBudget();
    drain();
    clock.now += 99;
    expect(budget.withdraw()).toBe(false);
    clock.now += 1_010;
    expect(budget.balance).toBe(11);
    expect(drain()).toBe(11);
  });

  it('time in many small steps – is not lost', () => {
    const { clock, budget, drain } = createBudget();
    drain();
    for (let i = 0; i < 1_010; i++) {
      clock.now++;
      expect(budget.balance).toBeLessThanOrEqual(11);
    }
    expect(drain()).toBe(10);
  });
});
