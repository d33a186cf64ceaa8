import { describe, expect, it } from 'vitest';
import { parseRedisUrl } from './redis-url.ts';

describe('parseRedisUrl', () => {
  it.each([
    ['redis://cache', { host: 'cache', port: 6379, db: 0, isTls: false, username: '', password: '' }],
    ['redis://:p%40ss%2Fw%3Ard@10.0.0.1:7000/2', { host: '10.0.0.1', port: 7000, db: 2, password: 'p@ss/w:rd' }],
    ['rediss://ada:secret@[::1]:7000/', { host: '::1', isTls: true, username: 'ada', password: 'secret' }],
  ])('%s', (url, parts) => {
    expect(parseRedisUrl(url)).toMatchObject(parts);
  });

  it.each([
    'hush',
    'hush@cache',
    'http://:hush@cache',
    'redis://',
    'redis://:hush@',
    'redis://:hush%@cache',
    'redis://:a/hush@cache',
    'redis://hush/a@cache',
    'redis://hush#a@cache',
    'redis://hush?a@cache:1',
    'redis://:hush@cache/zero',
    'redis://:hush@cache:port',
  ])('%s – refused without showing it', (url) => {
    const error = catchError(() => parseRedisUrl(url));
    expect(error?.message).toMatch(/like redis:\/\/user:password@host:6379\/0/);
    expect(JSON.stringify([error?.message, error?.cause, { ...error }])).not.toContain('hush');
  });
});

function catchError(work: () => unknown): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
