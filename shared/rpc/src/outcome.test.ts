import { ProblemError } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { read, write } from '../test/harness.ts';
import { isInstanceFault, mayRepeat, type Outcome, saysGoodbye } from './outcome.ts';

const answered = (status: number, code?: string, headers: Record<string, string> = {}): Outcome => ({
  kind: 'answered',
  reply: { status, headers, text: code === undefined ? '<html>' : JSON.stringify({ title: 't', code, detail: 'd' }) },
  isSlow: false,
});
const soon = { 'retry-after': '1' };
const error = new ProblemError('UNAVAILABLE', 'a sentence');
const slow: Outcome = { kind: 'answered', reply: { status: 200, headers: {}, text: '{}' }, isSlow: true };

// What came, whether it is the instance's fault, and whether an idempotent and another operation may be repeated.
const CASES: [string, Outcome, boolean, boolean, boolean][] = [
  ['200', answered(200), false, false, false],
  ['200, much slower than elsewhere', slow, true, false, false],
  ['404', answered(404, 'NOT_FOUND'), false, false, false],
  ['404 of another program', answered(404), false, false, false],
  ['429 with Retry-After', answered(429, 'RATE_LIMITED', soon), false, false, false],
  ['500', answered(500, 'INTERNAL'), true, true, false],
  ['500 of another program', answered(500), true, true, false],
  ['502 BAD_ANSWER from further behind', answered(502, 'BAD_ANSWER'), false, false, false],
  ['502 of a proxy', answered(502), true, true, false],
  ['503 OVERLOADED with Retry-After', answered(503, 'OVERLOADED', soon), false, true, true],
  ['503 OVERLOADED without', answered(503, 'OVERLOADED'), false, false, false],
  ['503 SHUTTING_DOWN with Retry-After', answered(503, 'SHUTTING_DOWN', soon), false, true, true],
  [
    '503 UNAVAILABLE with Retry-After, as something behind it is away',
    answered(503, 'UNAVAILABLE', soon),
    false,
    false,
    false,
  ],
  ['503 NO_INSTANCE with Retry-After, likewise', answered(503, 'NO_INSTANCE', soon), false, false, false],
  ['503 without a code, with Retry-After', answered(503, undefined, soon), true, true, true],
  ['503 without a code, without', answered(503), true, true, false],
  ['504 from further behind', answered(504, 'DEADLINE_EXCEEDED'), false, false, false],
  ['unreachable', { kind: 'unreachable', error }, true, true, true],
  ['broken', { kind: 'broken', error }, true, true, false],
  ['timeout after all the time of an attempt', { kind: 'timeout', error, isPatient: true }, true, true, false],
  ['timeout as the caller has no more time', { kind: 'timeout', error, isPatient: false }, false, false, false],
  ['aborted', { kind: 'aborted', error: new Error('gone') }, false, false, false],
];

describe('an outcome', () => {
  it.each(CASES)('%s', (_name, outcome, isFault, repeatsIdempotent, repeatsOther) => {
    expect({
      isFault: isInstanceFault(outcome),
      repeatsIdempotent: mayRepeat(read, outcome),
      repeatsOther: mayRepeat(write, outcome),
    }).toEqual({ isFault, repeatsIdempotent, repeatsOther });
  });

  it('only SHUTTING_DOWN – is a good-bye', () => {
    const farewells = CASES.filter(([, outcome]) => saysGoodbye(outcome)).map(([name]) => name);
    expect(farewells).toEqual(['503 SHUTTING_DOWN with Retry-After']);
  });

  it('the code – is found however the JSON is spaced, and never within another text', () => {
    const reply = (text: string): Outcome => ({
      kind: 'answered',
      reply: { status: 503, headers: soon, text },
      isSlow: false,
    });
    expect(saysGoodbye(reply('{ "title": "t",\n  "code" : "SHUTTING_DOWN" }'))).toBe(true);
    expect(saysGoodbye(reply(JSON.stringify({ detail: '"code":"SHUTTING_DOWN"', code: 'OVERLOADED' })))).toBe(false);
  });
});
