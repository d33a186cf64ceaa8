import { describe, expect, it } from 'vitest';
import { makeSpanId, makeTraceId, parseTraceHeaders, traceparentOf } from './trace-headers.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const VALID = `00-${TRACE}-${SPAN}-01`;

const parse = (traceparent: string | string[] | undefined) => parseTraceHeaders({ traceparent });

describe('traceparent', () => {
  it.each([
    ['sampled', VALID, true],
    ['not sampled', `00-${TRACE}-${SPAN}-00`, false],
    ['flags that are not ours, with the one of sampling', `00-${TRACE}-${SPAN}-ff`, true],
    ['flags that are not ours, without it', `00-${TRACE}-${SPAN}-fe`, false],
    ['a later version', `01-${TRACE}-${SPAN}-01`, true],
    ['the last version', `fe-${TRACE}-${SPAN}-00`, false],
    ['a later version with more fields', `cc-${TRACE}-${SPAN}-01-what-the-future-brings`, true],
    ['a later version with an empty field', `cc-${TRACE}-${SPAN}-01-`, true],
  ])('%s – read', (_, header, sampled) => {
    expect(parse(header)).toEqual({ traceId: TRACE, spanId: SPAN, sampled });
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['several', [VALID, VALID]],
    ['several, as Node joins them', `${VALID}, ${VALID}`],
    ['several of a later version', `cc-${TRACE}-${SPAN}-01, cc-${TRACE}-${SPAN}-01`],
    ['the version that is none', `ff-${TRACE}-${SPAN}-01`],
    ['no hexadecimal version', `0x-${TRACE}-${SPAN}-01`],
    ['a short version', `0-${TRACE}-${SPAN}-01`],
    ['version 00 with more fields', `${VALID}-more`],
    ['version 00 with a dash at the end', `${VALID}-`],
    ['a later version with long flags', `cc-${TRACE}-${SPAN}-01x`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['a span id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['a trace id with upper case', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['a span id with upper case', `00-${TRACE}-${SPAN.toUpperCase()}-01`],
    ['a trace id that is short', `00-${TRACE.slice(1)}-${SPAN}-01`],
    ['a trace id that is long', `00-${TRACE}0-${SPAN}-01`],
    ['a span id that is short', `00-${TRACE}-${SPAN.slice(1)}-01`],
    ['a span id that is no number', `00-${TRACE}-g${SPAN.slice(1)}-01`],
    ['short flags', `00-${TRACE}-${SPAN}-1`],
    ['no flags', `00-${TRACE}-${SPAN}`],
    ['other separators', VALID.replaceAll('-', '_')],
    ['a blank before', ` ${VALID}`],
    ['a line break after', `${VALID}\n`],
  ])('%s – ignored', (_, header) => {
    expect(parse(header)).toBeUndefined();
  });

  it.each([true, false])('written and read – the same (sampled: %s)', (sampled) => {
    const header = traceparentOf({ traceId: TRACE, spanId: SPAN, sampled, state: 'a=b' });
    expect(header).toBe(`00-${TRACE}-${SPAN}-${sampled ? '01' : '00'}`);
    expect(parse(header)).toEqual({ traceId: TRACE, spanId: SPAN, sampled });
  });
});

describe('tracestate', () => {
  const entry = (index: number) => `k${index}=${'v'.repeat(10)}`;
  const entries = (count: number) => Array.from({ length: count }, (_, index) => entry(index)).join(',');
  const state = (tracestate: string | string[] | undefined) =>
    parseTraceHeaders({ traceparent: VALID, tracestate })?.state;

  it.each([
    ['one entry', 'congo=t61rcWkgMzE', 'congo=t61rcWkgMzE'],
    ['several – in their order', 'rojo=00f067aa0ba902b7,congo=t61 rcW', 'rojo=00f067aa0ba902b7,congo=t61 rcW'],
    ['one tenant of a system', 'fw529a3039@dt=FfA', 'fw529a3039@dt=FfA'],
    ['blanks and empty entries – left out', 'a=1 ,, b=2', 'a=1,b=2'],
    ['a malformed entry – left out', 'a=1,B=2,c,=d,e==f,g=é,h=2', 'a=1,h=2'],
    ['nothing else', 'not a state', undefined],
    ['an empty one', '', undefined],
    ['none', undefined, undefined],
    ['32 entries', entries(32), entries(32)],
    ['33 entries – the last left out', entries(33), entries(32)],
    ['512 bytes', `a=${'x'.repeat(251)},b=${'y'.repeat(256)}`, `a=${'x'.repeat(251)},b=${'y'.repeat(256)}`],
    ['513 bytes – the last entry left out', `a=${'x'.repeat(252)},b=${'y'.repeat(256)}`, `a=${'x'.repeat(252)}`],
  ])('%s', (_, header, expected) => {
    expect(state(header)).toBe(expected);
  });

  it('without a valid traceparent – ignored', () => {
    expect(parseTraceHeaders({ traceparent: 'no', tracestate: 'a=1' })).toBeUndefined();
  });

  it('malformed – the traceparent counts nevertheless', () => {
    expect(parseTraceHeaders({ traceparent: VALID, tracestate: '?' })).toMatchObject({ traceId: TRACE, spanId: SPAN });
  });
});

describe('uber-trace-id', () => {
  const parseUber = (header: string | string[], others: object = {}) =>
    parseTraceHeaders({ 'uber-trace-id': header, ...others });
  const low = TRACE.slice(16);

  it.each([
    ['128 bits', `${TRACE}:${SPAN}:0:1`, TRACE, true],
    ['64 bits', `${low}:${SPAN}:1f:1`, low.padStart(32, '0'), true],
    ['colons encoded by a proxy', `${TRACE}%3A${SPAN}%3a0%3A1`, TRACE, true],
    ['upper case', `${TRACE}:${SPAN}:0:1`.toUpperCase(), TRACE, true],
    ['not sampled', `${TRACE}:${SPAN}:0:0`, TRACE, false],
    ['for debugging, too', `${TRACE}:${SPAN}:0:3`, TRACE, true],
    ['flags of two digits', `${TRACE}:${SPAN}:0:0d`, TRACE, true],
    ['flags without the one for sampling', `${TRACE}:${SPAN}:0:c`, TRACE, false],
  ])('%s', (_, header, traceId, sampled) => {
    expect(parseUber(header)).toEqual({ traceId, spanId: SPAN, sampled });
  });

  it('leading zeros left out – put back', () => {
    expect(parseUber('a1:b2:0:1')).toEqual({
      traceId: 'a1'.padStart(32, '0'),
      spanId: 'b2'.padStart(16, '0'),
      sampled: true,
    });
  });

  it.each([
    ['no parent', `${TRACE}:${SPAN}:1`],
    ['a field too many', `${TRACE}:${SPAN}:0:1:1`],
    ['no trace', `0:${SPAN}:0:1`],
    ['no span', `${TRACE}:0000000000000000:0:1`],
    ['a trace id too long', `1${TRACE}:${SPAN}:0:1`],
    ['a span id too long', `${TRACE}:1${SPAN}:0:1`],
    ['no hexadecimal digits', `${TRACE}:g:0:1`],
    ['blanks', ` ${TRACE}:${SPAN}:0:1`],
    ['flags too long', `${TRACE}:${SPAN}:0:001`],
    ['empty', ''],
    ['endless', `${'%3A'.repeat(100_000)}`],
    ['twice', [`${TRACE}:${SPAN}:0:1`, `${TRACE}:${SPAN}:0:1`]],
  ])('%s – ignored', (_, header) => {
    expect(parseUber(header)).toBeUndefined();
  });

  it('beside a traceparent – counts only where that is not valid', () => {
    const other = `${'1'.repeat(32)}:${'2'.repeat(16)}:0:1`;
    expect(parseUber(other, { traceparent: VALID, tracestate: 'a=1' })).toMatchObject({ traceId: TRACE, state: 'a=1' });
    const fallback = parseUber(other, { traceparent: 'no', tracestate: 'a=1' });
    expect(fallback).toEqual({ traceId: '1'.repeat(32), spanId: '2'.repeat(16), sampled: true });
  });
});

describe('ids', () => {
  it.each([
    ['the least', 0, '1'],
    ['the greatest', 1 - 2 ** -53, 'f'],
  ])('%s random numbers – an id of full length that is not all zeros', (_, random, last) => {
    const fill = last === '1' ? '0' : 'f';
    expect(makeSpanId(() => random)).toBe(last.padStart(16, fill));
    expect(makeTraceId(() => random)).toBe(last.padStart(32, fill));
  });

  it('each digit – of its own random bits', () => {
    const numbers = [0x01234567, 0x89abcdef, 0xfedcba98, 0x76543210];
    const random = () => numbers.shift()! / 2 ** 32;
    expect(makeTraceId(random)).toBe('0123456789abcdeffedcba9876543210');
  });

  it('many – distinct', () => {
    const ids = Array.from({ length: 10_000 }, () => makeSpanId(Math.random));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
