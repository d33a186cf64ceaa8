/** The process of wordcloud-bff: the door, the dispatcher, and the two feeds that it follows. */
import { hostname } from 'node:os';
import { makerContract, objectKeys, taskContract, userContract } from '@wordcloud/contracts';
import {
  describeConfig,
  loadConfig,
  objectStoreOptions,
  openNetwork,
  runService,
  startProcess,
} from '@wordcloud/service-kit';
import { openObjectStore } from '@wordcloud/storage';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import { v7 as uuidv7 } from 'uuid';
import { buildApp } from './app.ts';
import { settings } from './config.ts';
import { startDispatcher } from './domain/dispatcher.ts';
import { createEventHub } from './domain/event-hub.ts';
import { followFeed } from './domain/follow-feed.ts';
import { createRevocationList } from './domain/revocations.ts';
import { revocationFeed, taskFeed } from './infra/feeds.ts';
import { createJoseVerifier } from './infra/jose-verifier.ts';
import { createObjects } from './infra/stored-objects.ts';

await startProcess(async () => {
  const config = loadConfig(settings, process.env);
  const logger = createLogger({ service: 'wordcloud-bff', level: config.logLevel });
  const metrics = createMetrics('wordcloud-bff');
  const store = await openObjectStore(objectStoreOptions(config), { logger });
  const addresses = {
    'wordcloud-user': config.userAddresses,
    'wordcloud-task': config.taskAddresses,
    'wordcloud-maker': config.makerAddresses,
  };
  const network = await openNetwork({ service: 'wordcloud-bff', config, addresses, logger, metrics, now: Date.now });
  const users = network.connect(userContract, { balancing: config.userBalancing });
  const tasks = network.connect(taskContract, { balancing: config.taskBalancing });
  const maker = network.connect(makerContract, { balancing: config.makerBalancing });

  const objects = createObjects(store);
  const hub = createEventHub();
  const revocations = createRevocationList(Date.now);
  const app = await buildApp({
    logger,
    metrics,
    users,
    tasks,
    hub,
    revocations,
    objects,
    verifier: createJoseVerifier(users, Date.now),
    rootPath: config.rootPath,
    checks: { objects: () => store.check(), services: () => network.check() },
    maxTextBytes: config.maxTextBytes,
    cookieSecure: config.cookieSecure,
    trustProxy: config.trustProxy,
    newId: uuidv7,
    now: Date.now,
    ...(config.manageEnabled && {
      management: { user: config.manageUser, pass: config.managePass, config: describeConfig(settings, config) },
    }),
  });

  const following = new AbortController();
  const feeds = [
    followFeed(revocationFeed(users, revocations, logger), following.signal),
    followFeed(taskFeed(tasks, hub, logger), following.signal),
  ];
  const { dispatchConcurrency: concurrency } = config;
  const name = `${hostname()}:${process.pid}`;
  const discard = (taskId: string, attempt: number) => objects.removeAll(objectKeys.attempt(taskId, attempt));
  const dispatcher = startDispatcher({ tasks, maker, name, concurrency, log: logger, discard });
  await runService({
    ...config,
    app,
    network,
    logger,
    beforeClose: () => dispatcher.stop(),
    async afterClose() {
      following.abort(new Error('the service stops'));
      await Promise.all(feeds);
      await store.close();
    },
  });
});
