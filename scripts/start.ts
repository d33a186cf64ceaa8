/**
 * `make start`: the whole system as local processes. Starts the services, waits until each is ready, says where everything
 * is, passes on their logs, starts again what crashes, and stops all in order on Ctrl-C.
 */

import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { buildPage, isPageStale } from '../wordcloud-ui/server/build.ts';
import { createLogPrinter } from './log-lines.ts';
import { type Runner, runService } from './process-runner.ts';
import {
  describePage,
  describeSystem,
  type LocalService,
  type LocalSystem,
  START_ORDER,
  variableOf,
} from './services.ts';

const root = resolve(import.meta.dirname, '..');

function fail(message: string): never {
  process.stderr.write(`\n${message}\n\n`);
  process.exit(1);
}

/** Something listens there already: found out before anything is started. */
function isTaken(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once('error', () => answer(true));
    server.listen(port, '127.0.0.1', () => server.close(() => answer(false)));
  });
}

async function prepare(): Promise<LocalSystem & { page: LocalService }> {
  if (Number(process.versions.node.split('.')[0]) < 24) {
    fail(
      `This needs Node 24; this is Node ${process.versions.node}. On Linux \`make start\` brings its own, elsewhere install it.`,
    );
  }
  const dataDir = resolve(root, process.env.DATA_DIR || 'data');
  let system: LocalSystem & { page: LocalService };
  try {
    const described = describeSystem(process.env, dataDir);
    system = { ...described, page: describePage(process.env, described) };
    await mkdir(dataDir, { recursive: true });
  } catch (error) {
    fail((error as Error).message);
  }
  for (const { name, service, port, gossipPort } of [...system.services, system.page]) {
    if (await isTaken(port)) {
      const remedy = `${variableOf('', service, '_PORT')}=${port + 100} make start`;
      fail(`Port ${port} of ${name} is taken. Stop the program that uses it, or choose another port: ${remedy}`);
    }
    if (gossipPort !== undefined && (await isTaken(gossipPort))) {
      const remedy = 'GOSSIP_PORT=8946 make start';
      fail(
        `Gossip port ${gossipPort} of ${name} is taken. Stop the program that uses it, or move all of them: ${remedy}`,
      );
    }
  }
  return system;
}

const startedAt = performance.now();
const system = await prepare();
if (await isPageStale()) {
  process.stdout.write('Building the page …\n');
  await buildPage().catch((error: Error) => fail(`The page cannot be built: ${error.message}`));
}
const processes = [...system.services, system.page];
const names = processes.map(({ name }) => name);
const print = createLogPrinter(names, process.stdout.isTTY && !process.env.NO_COLOR);
const show = (name: string, line: string) => process.stdout.write(`${print(name, line)}\n`);

const runners: Runner[] = processes.map((service) => runService(service, root, show));

let stopping: Promise<void> | undefined;
/** The door first, so that nothing new comes in while the others finish; the task service last, which all report to. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const service of ['wordcloud-ui', ...START_ORDER.toReversed()]) {
      await Promise.all(runners.filter((runner) => runner.service === service).map((runner) => runner.stop()));
    }
  })();
  return stopping;
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    process.stdout.write('\nStopping; what is in hand is finished first.\n');
    void stop().then(() => process.exit(0));
  });
}

try {
  await Promise.all(runners.map(({ ready }) => ready));
} catch (error) {
  await stop();
  fail((error as Error).message);
}

const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
process.stdout.write(`
  The word cloud system is ready (${seconds} s).

    Page             http://localhost:${system.page.port}
    API              ${system.bffAddress}
    Demo account     jackchen, password 1234
    Management pages ${system.bffAddress}/go-doudou/doc   (admin, admin; on every service)
    Data             ${system.dataDir}

    Try it           make demo FILE=docs/samples/tea.txt OUT=cloud.png
    Stop             Ctrl-C

${processes.map(({ name, port }) => `    ${name.padEnd(16)} http://127.0.0.1:${port}`).join('\n')}

`);
