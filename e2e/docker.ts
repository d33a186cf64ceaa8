/**
 * The system in Docker from nothing to the end, as somebody who runs it would try it: `make test-docker`. Builds the images, starts
 * everything, makes a word cloud through the page's origin, scales the makers, kills each container in turn under load, stops and
 * starts everything again, and measures on the way. Takes about ten minutes, removes what it made, and exits with 1 when something
 * is not as it should be. Needs a Docker engine.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Task } from '@wordcloud/contracts';
import { logIn, signUp } from './api-client.ts';
import { type Container, describeCompose } from './compose-system.ts';
import { startLoad } from './load.ts';

const MAKERS = '3';
/** Requests before and after the death of a container. */
const SOME = 40;
const LONGEST_MS = 120_000;
const SAMPLE = resolve(import.meta.dirname, '../docs/samples/tea.txt');

const system = await describeCompose(`wordcloud-e2e-${process.pid}`);
const page = system.address('UI_PORT');
const startedAt = performance.now();
const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s`;
const say = (text: string) => process.stdout.write(`${seconds()}  ${text}\n`);

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + LONGEST_MS;
  while (!(await isSo().catch(() => false))) {
    assert(performance.now() < giveUpAt, `${what}: not so after ${LONGEST_MS / 1000} s`);
    await pause(200);
  }
}

async function timed(target: string, more?: Record<string, string>): Promise<void> {
  const from = performance.now();
  const said = await system.make(target, more);
  const healthy = /all is healthy after .*/.exec(said)?.[0];
  say(`make ${target}: ${((performance.now() - from) / 1000).toFixed(1)} s${healthy ? `; ${healthy}` : ''}`);
}

/** @returns a picture, and how to get it again later */
async function makeOne() {
  const html = await (await fetch(page)).text();
  assert.match(html, /<div id="app">/, 'the page is served');
  const user = await signUp(page, 'somebody');
  const task = await user.make(await readFile(SAMPLE), { shape: 'heart' });
  assert.equal(task.status, 'succeeded', JSON.stringify(task.error));
  const fetchImage = async (who = user) =>
    Buffer.from(await (await who.get(`/api/wordclouds/${task.id}/image.png`)).arrayBuffer());
  const image = await fetchImage();
  assert.equal(image.toString('latin1', 1, 4), 'PNG');
  say(`a word cloud through the page's origin: ${image.length} bytes, ${task.stats?.placed} words`);
  return { image, id: task.id, fetchImage };
}

async function useAllMakers(): Promise<void> {
  await timed('up', { SCALE_MAKER: MAKERS });
  const makers = (await system.containers()).filter(({ service }) => service === 'wordcloud-maker');
  assert.equal(makers.length, Number(MAKERS));
  const madeBy = async (maker: Container) =>
    (await system.logs(maker)).match(/"route":"\/make","status":200/g)?.length ?? 0;
  const before = await Promise.all(makers.map(madeBy));
  const user = await signUp(page, 'many');
  const sample = await readFile(SAMPLE);
  await until('all makers are used', async () => {
    await Promise.all(Array.from({ length: 6 }, () => user.make(sample)));
    const now = await Promise.all(makers.map(madeBy));
    return now.every((count, index) => count > before[index]!);
  });
  const now = await Promise.all(makers.map(madeBy));
  say(`clouds by each of ${MAKERS} makers: ${now.map((count, index) => count - before[index]!).join(', ')}`);
}

/** Requests may fail while the only instance of something is gone; what was accepted may not be lost. */
async function killInTurn(container: Container, index: number): Promise<void> {
  const load = await startLoad([page], `load${index}`);
  await load.goOn(SOME);
  await system.crash(container);
  const from = performance.now();
  await until(`${container.name} is back`, () => system.isHealthy(container));
  const back = ((performance.now() - from) / 1000).toFixed(1);
  await load.goOn(SOME);
  const { failures, ids } = await load.stop();
  const user = await logIn(page, `load${index}`);
  const tasks: Task[] = [];
  for (const id of ids) tasks.push(await user.finished(id));
  const succeeded = tasks.filter(({ status }) => status === 'succeeded').length;
  say(
    `${container.name} killed: healthy again after ${back} s; accepted ${ids.length}, made ${succeeded}; ` +
      `requests refused meanwhile: ${failures.length}`,
  );
  assert.equal(
    succeeded,
    ids.length,
    `not every accepted task was made: ${JSON.stringify(tasks.map(({ error }) => error))}`,
  );
}

async function stayAfterRestart({ image, fetchImage }: Awaited<ReturnType<typeof makeOne>>): Promise<void> {
  await timed('down');
  assert.deepEqual(await system.containers(), []);
  await timed('up');
  assert((await fetchImage(await logIn(page, 'somebody'))).equals(image), 'the picture is still there');
  say('after make down and make up, the account and the picture are there');
}

interface JaegerTrace {
  spans: { processID: string; references: { refType: string }[] }[];
  processes: Record<string, { serviceName: string }>;
}

/** What was done so far is to be seen in Prometheus and in Jaeger. */
async function beSeen(): Promise<void> {
  const json = async <T>(address: string) => (await (await fetch(address)).json()) as T;
  const targets = `${system.address('PROMETHEUS_PORT')}/api/v1/targets?state=active`;
  let health: string[] = [];
  await until('Prometheus reaches all that it scrapes', async () => {
    const { data } = await json<{ data: { activeTargets: { health: string }[] } }>(targets);
    health = data.activeTargets.map((target) => target.health);
    return health.length >= 7 && health.every((each) => each === 'up');
  });
  say(`Prometheus scrapes ${health.length} targets`);
  const jaeger = system.address('JAEGER_PORT');
  const findTraces = async (service: string) =>
    (await json<{ data: JaegerTrace[] }>(`${jaeger}/api/traces?service=${service}&limit=100`)).data;
  if (!(await findTraces('wordcloud-ui').catch(() => undefined))) {
    say('Jaeger: a stand-in, which shows nothing');
    return;
  }
  const passed = async (services: string[], isLinked: boolean) => {
    const traces = await findTraces(services[0]!);
    return traces.some(({ spans, processes }) => {
      const names = new Set(Object.values(processes).map(({ serviceName }) => serviceName));
      const hasLink = spans.some(({ references }) => references.some(({ refType }) => refType === 'FOLLOWS_FROM'));
      return services.every((service) => names.has(service)) && hasLink === isLinked;
    });
  };
  await until('a trace of the upload', () => passed(['wordcloud-ui', 'wordcloud-bff', 'wordcloud-task'], false));
  await until('a trace of its making', () => passed(['wordcloud-bff', 'wordcloud-maker', 'wordcloud-seg'], true));
  say(
    'Jaeger has the trace of the upload (page, bff, task) and, linked to it, that of its making (bff, maker, seg, task)',
  );
}

async function measure(): Promise<void> {
  const memory = await system.memory();
  for (const { name, mebibytes } of memory) say(`${String(mebibytes).padStart(5)} MiB  ${name}`);
  say(`${String(memory.reduce((sum, { mebibytes }) => sum + mebibytes, 0)).padStart(5)} MiB  together`);
  for (const { image, megabytes } of await system.imageSizes())
    say(`${String(megabytes).padStart(5)} MB   image ${image}`);
}

try {
  await timed('docker');
  await timed('up');
  const made = await makeOne();
  await beSeen();
  await measure();
  await useAllMakers();
  for (const [index, container] of (await system.containers()).entries()) await killInTurn(container, index);
  await stayAfterRestart(made);
  say('all is well');
} catch (error) {
  say(`failed: ${(error as Error).stack ?? error}`);
  for (const container of await system.containers()) {
    const lines = (await system.logs(container)).trim().split('\n').slice(-15);
    process.stdout.write(`\n${container.name}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  }
  process.exitCode = 1;
} finally {
  await system.make('down ARGS=-v');
}
