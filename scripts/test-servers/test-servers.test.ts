import { describe, expect, it } from 'vitest';
import { findMariaDb, findS3 } from './test-servers.ts';

it('probe', async ({ task }) => {
  console.log('TIMEOUT', task.timeout);
  const m = await findMariaDb();
  const s = await findS3();
  console.log(m, m.missing || m.freshUrl(), s.missing || s.freshSettings());
});
