/** The process that calls: `client.ts <kind> <address of the collector of traces> <addresses of the server…>`. */
import { CALLERS, type CallerKind } from './callers.ts';
import { measure } from './measure.ts';
import { answerParent } from './processes.ts';

export interface Order {
  concurrency: number;
  seconds: number;
}

const [kind, collector, ...addresses] = process.argv.slice(2) as [CallerKind, string, ...string[]];
const caller = CALLERS[kind](addresses, collector);
answerParent<Order>(async ({ concurrency, seconds }) => measure(await caller, concurrency, seconds));
