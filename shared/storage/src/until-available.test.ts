import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StorageUnavailableError } from './errors.ts';
import { untilAvailable } from './until-available.ts';

const away = () => Promise.reject(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }));
const never = () => false;

describe('untilAvailable', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('a server that comes up later – waits, and says so once', async () => {
    const logger = { info: vi.fn(), warn: vi.fn() };
    let tries = 0;
    const attempt = () => (++tries < 5 ? away() : Promise.resolve('here'));
    const result = untilAvailable('the server', attempt, never, { logger });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await result).toBe('here');
    expect(logger.warn.mock.calls).toEqual([
      [{ reason: 'ECONNREFUSED', waitAtMostMs: 60_000 }, 'waiting for the server'],
    ]);
  });

  it('a server that stays away – gives up in time and says it every ten seconds', async () => {
    const logger = { info: vi.fn(), warn: vi.fn() };
    const result = untilAvailable('the server', away, never, { logger, connectTimeoutMs: 25_000 });
    const failure = expect(result).rejects.toThrow(
      new StorageUnavailableError('the server cannot be used after 25 s: ECONNREFUSED'),
    );
    await vi.advanceTimersByTimeAsync(25_000);
    await failure;
    expect(logger.warn).toHaveBeenCalledTimes(3);
  });

  it('a refusal – is thrown at once', async () => {
    const attempt = vi.fn(() => Promise.reject(new Error('wrong password')));
    const result = untilAvailable('the server', attempt, () => true, {});
    await expect(result).rejects.toThrow('the server refuses: wrong password');
    expect(attempt).toHaveBeenCalledTimes(1);
  });
});
