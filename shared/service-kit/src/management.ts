/** The management pages under `/go-doudou`, behind basic auth: configuration, API document, metrics, registry. */
import { createHash, timingSafeEqual } from 'node:crypto';
import basicAuth from '@fastify/basic-auth';
import { ProblemError } from '@wordcloud/contracts';
import type { Metrics } from '@wordcloud/telemetry';
import type { FastifyInstance } from 'fastify';
import { documentPage } from './document-page.ts';
import { type RegistryRoutesOptions, registryRoutes } from './registry/registry-routes.ts';

export interface ManagementOptions {
  user: string;
  /** Empty: the pages are closed. */
  pass: string;
  metrics: Metrics;
  /** By variable name, secrets already redacted. */
  config: Record<string, unknown>;
  /** Left out: no registry pages. */
  registry?: RegistryRoutesOptions;
}

export async function useManagement(app: FastifyInstance, options: ManagementOptions): Promise<void> {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  const expected = digest(`${options.user}:${options.pass}`);

  await app.register(
    async (pages) => {
      await pages.register(basicAuth, {
        authenticate: { realm: 'wordcloud management' },
        validate: async (user, pass) => {
          if (options.pass === '' || !timingSafeEqual(digest(`${user}:${pass}`), expected)) {
            throw new ProblemError(
              'UNAUTHENTICATED',
              'The management pages want the user and password of GDD_MANAGE_USER and GDD_MANAGE_PASS.',
            );
          }
        },
      });
      pages.addHook('onRequest', pages.basicAuth);
      const hidden = { schema: { hide: true } };

      pages.get('/config', hidden, async () => options.config);
      pages.get('/openapi.json', hidden, async () => app.swagger());
      pages.get('/doc', hidden, async (_request, reply) =>
        reply.type('text/html; charset=utf-8').send(documentPage(app.swagger({ yaml: false }))),
      );
      if (options.registry) registryRoutes(pages, options.registry);
      pages.get('/prometheus', hidden, async (_request, reply) =>
        reply.type(options.metrics.registry.contentType).send(await options.metrics.registry.metrics()),
      );
    },
    { prefix: '/go-doudou' },
  );
}
