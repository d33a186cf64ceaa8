/** The process of wordcloud-bff: the door, the dispatcher, and the two feeds that it follows. */
import { hostname } from 'node:os';
import { makerContract, objectKeys, taskContract, userContract } from '@wordcloud/contracts';
import type { Channel } from '@wordcloud/rpc';
import {
  type Bulkhead,
  bulkheadChannel,
  createSharedLimiter,
  objectStoreOptions,
  openService,
  runService,
  startProcess,
} from '@wordcloud/service-kit';
import { openObjectStore } from '@wordcloud/storage';
import { v7 as uuidv7 } from 'uuid';
import { buildApp } from './app.ts';
import { settings } from './config.ts';
import { startDispatcher } from './domain/dispatcher.ts';
import { createEventHub } from './domain/event-hub.ts';
import { createFaultInjection } from './domain/fault-injection.ts';
import { followFeed } from './domain/follow-feed.ts';
import { createRevocationList } from './domain/revocations.ts';
import { createBulkheads } from './infra/bulkheads.ts';
import { createFaultTargets } from './infra/fault-targets.ts';
import { revocationFeed, taskFeed } from './infra/feeds.ts';
import { createInstanceClients } from './infra/instance-clients.ts';
import { createJoseVerifier } from './infra/jose-verifier.ts';
import { createObjects } from './infra/stored-objects.ts';
import { createSurvey } from './infra/survey.ts';
import { rememberVerified } from './infra/verified-tokens.ts';
import { createSystemView } from './infra/view-system.ts';

await startProcess(async () => {
  const service = await openService('wordcloud-bff', settings, process.env, (config) => ({
    'wordcloud-user': config.userAddresses,
    'wordcloud-task': config.taskAddresses,
    'wordcloud-maker': config.makerAddresses,
  }));
  const { config, logger, metrics, tracing, network, appOptions } = service;
  const store = await openObjectStore(objectStoreOptions(config), { logger });
  const bulkheads = createBulkheads(config, metrics);
  const through = (bulkhead: Bulkhead) => (channel: Channel) => bulkheadChannel(channel, bulkhead);
  const users = network.connect(userContract, { balancing: config.userBalancing, through: through(bulkheads.users) });
  const tasks = network.connect(taskContract, { balancing: config.taskBalancing, through: through(bulkheads.tasks) });
  const maker = network.connect(makerContract, { balancing: config.makerBalancing, through: through(bulkheads.maker) });
  const limiter = createSharedLimiter({ url: config.redisUrl, logger, metrics });
  const objects = createObjects(store);
  const hub = createEventHub();
  const revocations = createRevocationList(Date.now);
  const clients = createInstanceClients(network.discovery, config.serviceToken);
  const viewSystem = createSystemView({
    network,
    limiter,
    bulkheads: Object.values(bulkheads),
    limits: { address: config.addressRate, user: config.userRate },
    survey: createSurvey({ clients, asksFaults: config.demoFaults, now: Date.now }),
    takesFaults: config.demoFaults,
    consoles: [...config.consoles],
    now: Date.now,
  });
  const app = await buildApp({
    ...appOptions,
    users,
    tasks,
    maker,
    hub,
    revocations,
    door: { limiter, ...bulkheads, addressRate: config.addressRate, userRate: config.userRate },
    system: { viewSystem, faults: createFaultInjection(createFaultTargets(clients), config.demoFaults) },
    objects,
    verifier: rememberVerified(createJoseVerifier(users, Date.now), Date.now),
    checks: { objects: () => store.check(), services: () => network.check() },
    maxTextBytes: config.maxTextBytes,
    hasDemoAccount: config.demoAccount,
    cookieSecure: config.cookieSecure,
    trustProxy: config.trustProxy,
    newId: uuidv7,
    now: Date.now,
  });

  const following = new AbortController();
  const feeds = [
    followFeed(revocationFeed(users, revocations, logger), following.signal),
    followFeed(taskFeed(tasks, hub, logger), following.signal),
  ];
  const { dispatchConcurrency: concurrency } = config;
  const name = `${hostname()}:${process.pid}`;
  const discard = (taskId: string, attempt: number) => objects.removeAll(objectKeys.attempt(taskId, attempt));
  const dispatcher = startDispatcher({ tasks, maker, name, concurrency, log: logger, tracing, discard });
  await runService(service, app, {
    beforeClose: () => dispatcher.stop(),
    async afterClose() {
      following.abort(new Error('the service stops'));
      await Promise.all(feeds);
      await Promise.all([store.close(), limiter.close(), clients.close()]);
    },
  });
});
