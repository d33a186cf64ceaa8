import { SERVICE_NAMES } from '@wordcloud/contracts';
import { afterAll, beforeAll } from 'vitest';
import { variableOf } from '../scripts/services.ts';
import { describeBadInput } from './bad-input.ts';
import { describeFaults } from './faults.ts';
import { describeJourney } from './journey.ts';
import { type LocalSystem, startLocalSystem } from './local-system.ts';
import { describeMetrics } from './metrics.ts';
import { describeResilience } from './resilience.ts';

// One system for all: starting ten processes for each file would take longer than the tests.
/** The tests together ask more often than users do. */
const PLENTY = { RATE_LIMIT_ADDRESS: '10000-S', RATE_LIMIT_USER: '10000-S' };

let system: LocalSystem;
beforeAll(async () => {
  const two = Object.fromEntries(SERVICE_NAMES.map((service) => [variableOf('SCALE_', service, ''), '2']));
  system = await startLocalSystem({ ...two, MAKER_WORKERS: '1', SEG_WORKERS: '1', ...PLENTY });
});
afterAll(() => system?.stop());

describeJourney(() => system);
describeBadInput(() => system);
describeMetrics(() => system);
describeFaults(() => system);
describeResilience(() => system);
