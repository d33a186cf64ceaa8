/** The built page: its files, and for every address of a page `index.html`. */
import { sep } from 'node:path';
import files from '@fastify/static';
import { ProblemError } from '@wordcloud/contracts';
import { sendProblem } from '@wordcloud/service-kit';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Files under `assets/` carry a hash of their content in their name: they never change. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_EACH_TIME = 'no-cache';

export async function usePages(server: FastifyInstance, folder: string): Promise<void> {
  await server.register(files, {
    root: folder,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header('cache-control', path.includes(`${sep}assets${sep}`) ? FOR_EVER : ASK_EACH_TIME);
    },
  });
  const sendPage = (reply: FastifyReply) => reply.sendFile('index.html');
  server.get('/', (_request, reply) => sendPage(reply));

  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!;
    // A file that is gone (an old chunk after an update) must not come back as a page.
    const isPage = request.method === 'GET' && !path.startsWith('/assets/') && !/\.\w+$/.test(path);
    if (isPage) return sendPage(reply);
    return sendProblem(request, reply, new ProblemError('NOT_FOUND', `There is no ${request.method} ${path}.`));
  });
}
