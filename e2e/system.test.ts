import { afterAll, beforeAll } from 'vitest';
import { describeBadInput } from './bad-input.ts';
import { describeFaults } from './faults.ts';
import { describeJourney } from './journey.ts';
import { type LocalSystem, startLocalSystem } from './local-system.ts';

// One system for all: starting five processes for each file would take longer than the tests.
let system: LocalSystem;
beforeAll(async () => {
  system = await startLocalSystem();
});
afterAll(() => system?.stop());

describeJourney(() => system);
describeBadInput(() => system);
describeFaults(() => system);
