/** The real user and task services as processes, for the tests of the bff: what they say is what it must cope with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { taskContract, userContract } from '@wordcloud/contracts';
import { createClient, createFixedChannel } from '@wordcloud/rpc';
import { runMain } from '../../scripts/test-servers/run-main.ts';

/** What `runMain` gives every process. */
export const SERVICE_TOKEN = 'a token for the tests';

export type Backends = Awaited<ReturnType<typeof startBackends>>;

/** One pair for a whole test file; every test has accounts of its own. */
export async function startBackends() {
  const folder = await mkdtemp(join(tmpdir(), 'wordcloud-bff-'));
  const env = { DATA_DIR: folder, DEMO_ACCOUNT: 'true', SWEEP_INTERVAL: '50ms' };
  const processes = [runMain('wordcloud-user/src/main.ts', env), runMain('wordcloud-task/src/main.ts', env)] as const;
  const [userOrigin, taskOrigin] = await Promise.all([processes[0].ready, processes[1].ready]);
  const serviceToken = SERVICE_TOKEN;
  return {
    folder,
    userOrigin,
    taskOrigin,
    connectUsers: () =>
      createClient(userContract, createFixedChannel('wordcloud-user', { origin: userOrigin }), { serviceToken }),
    connectTasks: () =>
      createClient(taskContract, createFixedChannel('wordcloud-task', { origin: taskOrigin }), { serviceToken }),
    async stop() {
      for (const process of processes) process.kill('SIGKILL');
      await Promise.all(processes.map(({ ended }) => ended));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
