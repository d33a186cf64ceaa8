import { TOLERANCE } from './gcra.ts';

/**
 * `gcra` inside Redis, so that reading and writing are one step and all processes go by one clock. Times are microseconds; the key holds the
 * TAT since 1970, which a double keeps to a quarter of a microsecond. The key expires when the TAT is reached.
 *
 * KEYS: 1 the key. ARGV: 1 rate, 2 period, 3 burst, 4 cost. Returns allowed, remaining, retry after (-1: allowed), reset after.
 * Needs Redis 5: older ones must not call TIME before they write.
 */
export const GCRA_SCRIPT = `
local interval = tonumber(ARGV[2]) / tonumber(ARGV[1])
local most = interval * tonumber(ARGV[3])
local cost = tonumber(ARGV[4])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local tat = tonumber(redis.call('GET', KEYS[1]) or now) or now
local before = math.min(math.max(tat - now, 0), most)
local after = before + interval * cost
local room = most - after
local remaining = math.floor(room / interval + ${TOLERANCE})
if remaining < 0 then
  return { 0, 0, math.ceil(-room), math.ceil(before) }
end
if cost > 0 then
  redis.call('SET', KEYS[1], string.format('%.2f', now + after), 'PX', math.ceil(after / 1000))
end
return { cost, remaining, -1, math.ceil(after) }
`;
