/** The app: routes and everything around them, wired; no I/O of its own. */
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { bffContract } from '@wordcloud/contracts';
import { type App, type AppOptions, createApp, type ProcessAppOptions, route } from '@wordcloud/service-kit';
import { createUploads } from './domain/create-cloud.ts';
import type { EventHub } from './domain/event-hub.ts';
import { createPictureFiles } from './domain/picture-files.ts';
import type { MakerService, Objects, TaskService, TokenVerifier, UserService } from './domain/ports.ts';
import type { RevocationList } from './domain/revocations.ts';
import { measureEventStreams, measureUploads } from './infra/door-metrics.ts';
import { authRoutes } from './routes/auth.ts';
import { authenticationHook, createAuthenticate, userOf } from './routes/authenticate.ts';
import { cloudRoutes } from './routes/clouds.ts';
import { createCloudRoute } from './routes/create-cloud.ts';
import { type DoorLimits, limitAddresses, limitRequests, limitUploads, limitUsers } from './routes/door.ts';
import { eventRoutes } from './routes/events.ts';
import { fileRoutes } from './routes/files.ts';
import { imageRoutes } from './routes/images.ts';
import { optionRoutes } from './routes/options.ts';
import { type SystemParts, systemRoutes } from './routes/system.ts';

export interface AppDependencies extends ProcessAppOptions, Pick<AppOptions, 'checks' | 'trustProxy'> {
  users: UserService;
  tasks: TaskService;
  maker: Pick<MakerService, 'encode'>;
  objects: Objects;
  verifier: TokenVerifier;
  revocations: RevocationList;
  hub: EventHub;
  door: DoorLimits;
  system: SystemParts;
  maxTextBytes: number;
  hasDemoAccount: boolean;
  cookieSecure: boolean;
  newId: () => string;
  now: () => number;
}

export async function buildApp(deps: AppDependencies): Promise<App> {
  const { users, tasks, maker, objects, verifier, revocations, hub, door, system, maxTextBytes, ...more } = deps;
  const { hasDemoAccount, cookieSecure, newId, now, ...options } = more;
  const app = await createApp({ ...options, contract: bffContract, isPublic: true });
  const { server } = app;
  const authenticate = createAuthenticate(verifier, revocations);
  server.decorateRequest('claims');
  limitAddresses(server, door);
  await server.register(cookie);
  await server.register(multipart);

  await server.register(async (open) => {
    limitRequests(open, door);
    authRoutes(open, { users, revocations, authenticate, cookieSecure, now });
    optionRoutes(open, maxTextBytes, hasDemoAccount);
  });
  await server.register(async (closed) => {
    closed.addHook('onRequest', authenticationHook(authenticate));
    limitUsers(closed, door);
    await closed.register(async (working) => {
      limitRequests(working, door);
      route(working, bffContract, 'getMe', async (_input, request) => ({ user: userOf(request) }));
      cloudRoutes(working, tasks, objects);
      fileRoutes(working, tasks, objects);
      imageRoutes(working, tasks, createPictureFiles(objects, maker));
      systemRoutes(working, system);
    });
    await closed.register(async (uploading) => {
      limitUploads(uploading, door);
      const uploads = measureUploads(createUploads(objects, tasks, newId), options.metrics);
      createCloudRoute(uploading, { uploads, hub, maxTextBytes });
    });
    // Streams stay open for hours and cost next to nothing: they take no places.
    measureEventStreams(eventRoutes(closed, tasks, hub, revocations), options.metrics);
  });
  return app;
}
