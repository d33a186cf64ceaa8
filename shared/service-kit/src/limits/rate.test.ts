import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../config.ts';
import { describeLimit, parseRate, rate } from './rate.ts';

describe('parseRate', () => {
  it.each([
    ['100-S-200', { rate: 100, periodMs: 1_000, burst: 200 }],
    ['10-M-200', { rate: 10, periodMs: 60_000, burst: 200 }],
    ['1000-H', { rate: 1_000, periodMs: 3_600_000, burst: 1_000 }],
    ['2000-d-1', { rate: 2_000, periodMs: 86_400_000, burst: 1 }],
    ['0.0055-S-20', { rate: 0.0055, periodMs: 1_000, burst: 20 }],
    ['2.5-S', { rate: 2.5, periodMs: 1_000, burst: 3 }],
  ])('%s', (text, limit) => {
    expect(parseRate(text)).toEqual(limit);
  });

  it.each([
    '',
    '100',
    '100-',
    '1000-Y',
    'a-H',
    'a-H-100',
    '10-H-abc',
    '1000-H-1-1-1',
    '0-S',
    '10-S-0',
    '-1-S',
    '1e3-S',
    ' 1-S',
    '1000001-S',
    '1-S-1000001',
    '1-D-367',
    '0.0000000001-D-1',
  ])('%j – refused, with what is allowed', (text) => {
    expect(() => parseRate(text)).toThrow(`"${text}" is not a rate; give <rate>-<S|M|H|D>[-<burst>], like 100-S-200`);
  });
});

describe('describeLimit', () => {
  it.each([
    ['100-S-200', '100 a second, 200 at once'],
    ['1-H', '1 an hour, 1 at once'],
  ])('%s – %s', (text, phrase) => {
    expect(describeLimit(parseRate(text))).toBe(phrase);
  });
});

describe('a setting', () => {
  const settings = { limit: rate({ env: 'USER_RATE', default: '100-S-200', description: 'for the test' }) };

  it('given or not – read', () => {
    expect(loadConfig(settings, {}).limit).toEqual(parseRate('100-S-200'));
    expect(loadConfig(settings, { USER_RATE: '5-M' }).limit).toEqual(parseRate('5-M'));
  });

  it('wrong – named with what is allowed', () => {
    const load = () => loadConfig(settings, { USER_RATE: 'fast' });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow('USER_RATE: "fast" is not allowed; give <rate>-<S|M|H|D>[-<burst>]');
  });
});
