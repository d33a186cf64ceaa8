import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@wordcloud/telemetry';
import { expect, it, onTestFinished } from 'vitest';
import { runMain } from '../../../scripts/test-servers/run-main.ts';
import { buildApp } from '../../../wordcloud-ui/server/app.ts';
import { environmentOf } from './environment.ts';
import { type Container, find, type Workload } from './kube-objects.ts';
import { overlays } from './overlays.ts';

const { objects } = overlays[0]!;

function containerOf(name: string): Container {
  return find<Workload>(objects, 'Deployment', name)!.spec.template.spec.containers[0]!;
}

function pathsOf({ startupProbe, livenessProbe, readinessProbe }: Container): string[] {
  return [startupProbe, livenessProbe, readinessProbe].map((probe) => probe!.httpGet!.path);
}

/** What stands for the cluster's network here: an address of this machine, free ports, nobody to join. */
const HERE = { GDD_HOST: '127.0.0.1', GDD_MEM_HOST: '127.0.0.1', GDD_PORT: '0', GDD_MEM_PORT: '0', GDD_MEM_SEED: '' };

it('a service with the environment and command of its pod – starts, answers its probes, ends on SIGTERM', async () => {
  const container = containerOf('wordcloud-seg');
  const environment = environmentOf(objects, container);
  const service = runMain(container.args![1]!, { ...environment, ...HERE, GDD_MODE: 'micro', SEG_WORKERS: '1' });
  onTestFinished(() => service.kill('SIGKILL'));
  const address = await service.ready;
  for (const path of pathsOf(container)) expect((await fetch(address + path)).status, path).toBe(200);
  const { GDD_MANAGE_USER, GDD_MANAGE_PASS, GDD_MEM_NAME } = environment;
  const authorization = `Basic ${btoa(`${GDD_MANAGE_USER}:${GDD_MANAGE_PASS}`)}`;
  const targets = await fetch(`${address}/go-doudou/prometheus/sd`, { headers: { authorization } });
  expect(await targets.text()).toContain(GDD_MEM_NAME);
  service.kill('SIGTERM');
  expect(await service.ended).toMatchObject({ code: 0, stderr: '' });
});

it('the page – answers its probes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'page-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  const logger = createLogger({ service: 'wordcloud-ui', level: 'silent' });
  const { server } = await buildApp({
    folder,
    bffAddresses: ['http://127.0.0.1:1'],
    logger,
    trustProxy: '',
    now: Date.now,
  });
  onTestFinished(() => server.close());
  for (const path of pathsOf(containerOf('wordcloud-ui'))) {
    expect((await server.inject(path)).statusCode, path).toBe(200);
  }
});
