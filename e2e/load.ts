/** Users at work while something happens to the system: they read, upload and sign in, through all bffs, as a balancer would. */
import { setTimeout as pause } from 'node:timers/promises';
import { bffContract } from '@wordcloud/contracts';
import { createStaticDriver, Discovery } from '@wordcloud/discovery';
import { createBalancedChannel, createClient } from '@wordcloud/rpc';

const TEXT = 'The captain steered the ship through the storm and the waves. '.repeat(50);
/** Pause of a user between two requests. */
const THINKING_MS = 20;

export interface Load {
  /** Requests answered so far, right or wrong. */
  answered(): number;
  /** Resolves when so many more requests have been answered. */
  goOn(requests: number): Promise<void>;
  /** Ends it. Resolves when every request has been answered: what went wrong, and the ids of all uploads. */
  stop(): Promise<{ failures: string[]; ids: string[] }>;
}

/**
 * @param apis addresses of the bffs
 * @param username of an account that is made
 * @param users at the same time
 */
export async function startLoad(apis: string[], username: string, users = 4): Promise<Load> {
  const discovery = new Discovery([createStaticDriver({ 'wordcloud-bff': apis })]);
  await discovery.ready();
  const channel = createBalancedChannel('wordcloud-bff', { discovery });
  const body = { username, password: `password of ${username}` };
  const visitor = createClient(bffContract, channel, { serviceToken: 'not asked for' });
  await visitor.signUp({ body });
  const { accessToken } = await visitor.logIn({ body });
  const api = createClient(bffContract, channel, { serviceToken: accessToken });

  const ids: string[] = [];
  const requests: Record<string, () => Promise<unknown>> = {
    me: () => api.getMe({}),
    list: () => api.listClouds({ query: { page: 1, pageSize: 5 } }),
    upload: async () => {
      const { task } = await api.createCloud({ body: { text: TEXT, width: 320, height: 240 } });
      ids.push(task.id);
    },
    'log in': () => visitor.logIn({ body }),
  };
  /** Mostly reading; every tenth request is an upload, every twentieth a log-in. */
  const choose = (round: number) =>
    round % 20 === 11 ? 'log in' : round % 10 === 5 ? 'upload' : round % 2 ? 'me' : 'list';

  const failures: string[] = [];
  let answered = 0;
  let isOver = false;
  const work = async () => {
    for (let round = 0; !isOver; round++) {
      const name = choose(round);
      await requests[name]!().catch((error: Error) => failures.push(`${name}: ${error.message}`));
      answered++;
      await pause(THINKING_MS);
    }
  };
  const working = Array.from({ length: users }, work);

  return {
    answered: () => answered,
    async goOn(more) {
      const enough = answered + more;
      while (answered < enough) await pause(THINKING_MS);
    },
    async stop() {
      isOver = true;
      await Promise.all(working);
      await Promise.all([channel.close(), discovery.close()]);
      return { failures, ids };
    },
  };
}
