import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadConfig, type Settings } from '@wordcloud/service-kit';
import { describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from '../../../shared/storage/src/database-url.ts';
import { readConfig } from '../../../wordcloud-ui/server/config.ts';
import { environmentOf } from './environment.ts';
import { type Container, ofKind, type Workload } from './kube-objects.ts';
import { EXAMPLE_KEYS, overlays } from './overlays.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** What somebody may fill in: of each the form that its description asks for. */
const SECRETS: Record<string, string> = {
  'service-token': 'aDvXS0OnlkTyZJ2HHLBBMAWRl1GYwtqCm7CYVk8P5qQ=',
  'gossip-key': 'aDvXS0OnlkTyZJ2HHLBBMAWRl1GYwtqCm7CYVk8P5qQ=,Zm9yIHRoZSBkZW1vbnN0cmF0aW9uIG9ubHksIDMyIGI=',
  'manage-user': 'somebody',
  'manage-pass': 'correct horse',
  'user-database-url': 'mysql://user:p%40ss@db.example.com:3306/wordcloud_user',
  'task-database-url': 'mysql://user:p%40ss@db.example.com:3306/wordcloud_task',
  'redis-url': 'rediss://user:p%40ss@redis.example.com:6380/0',
  's3-access-key': 'AKIAIOSFODNN7EXAMPLE',
  's3-secret-key': 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

const containerOf = ({ spec }: Workload): Container => spec.template.spec.containers[0]!;

/** The settings of a service, and what it makes of an environment. */
async function readerOf(name: string) {
  const isPage = name === 'wordcloud-ui';
  const module = isPage ? 'wordcloud-ui/server/config.ts' : `${name}/src/config.ts`;
  const { settings } = (await import(resolve(ROOT, module))) as { settings: Settings };
  const known = Object.values(settings).map(({ env }) => env);
  type Environment = Record<string, string>;
  const read = (env: Environment): object => (isPage ? readConfig(env) : loadConfig(settings, env));
  return { known, read };
}

it('secrets – the samples are all that are asked for', () => {
  expect(Object.keys(SECRETS)).toEqual(EXAMPLE_KEYS);
});

describe.each(overlays)('$name', ({ objects }) => {
  const deployments = ofKind<Workload>(objects, 'Deployment').map((each) => ({ name: each.metadata.name, each }));

  it.each(deployments)('$name – every variable is a setting of it, every value is allowed', async ({ name, each }) => {
    const environment = environmentOf(objects, containerOf(each), SECRETS);
    const { known, read } = await readerOf(name);
    expect(known).toEqual(expect.arrayContaining(Object.keys(environment)));
    const config = read(environment) as { port: number; host: string; gossipPort?: number };
    expect(config).toMatchObject({ host: '0.0.0.0', port: 6060 });
    expect(config.gossipPort).toBe(name === 'wordcloud-ui' ? undefined : 7946);
    for (const key of ['USER_DATABASE_URL', 'TASK_DATABASE_URL']) {
      if (environment[key]) expect(parseDatabaseUrl(environment[key]).kind).toBe('mysql');
    }
  });

  it.each(deployments)('$name – keeps nothing in its pod, and its command is there', ({ name, each }) => {
    const { args, ...container } = containerOf(each);
    const environment = environmentOf(objects, { ...container }, SECRETS);
    const stores: Record<string, string[]> = {
      'wordcloud-bff': ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY', 'REDIS_URL'],
      'wordcloud-maker': ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'],
      'wordcloud-user': ['USER_DATABASE_URL'],
      'wordcloud-task': ['TASK_DATABASE_URL'],
    };
    for (const variable of stores[name] ?? []) expect(environment[variable], variable).toBeTruthy();
    if (environment.S3_ENDPOINT) expect(environment.OBJECT_STORE).toBe('s3');
    if (name === 'wordcloud-ui') return;
    expect(args).toEqual(['node', `${name}/src/main.ts`]);
    expect(existsSync(resolve(ROOT, args![1]!))).toBe(true);
  });
});

it('production – cookies only over HTTPS, no demo account, no faults, gossip encrypted', () => {
  for (const { objects } of overlays.slice(1)) {
    for (const deployment of ofKind<Workload>(objects, 'Deployment')) {
      const environment = environmentOf(objects, containerOf(deployment), SECRETS);
      const name = deployment.metadata.name;
      expect([undefined, 'false'], name).toContain(environment.DEMO_ACCOUNT);
      expect(environment.DEMO_FAULTS, name).toBeUndefined();
      if (name === 'wordcloud-bff') expect(environment).toMatchObject({ COOKIE_SECURE: 'true', DEMO_ACCOUNT: 'false' });
      if (name !== 'wordcloud-ui') expect(environment.GDD_MEM_KEY, name).toBe(SECRETS['gossip-key']);
    }
  }
});

it('dispatch – all doors together hand out enough for the most makers', () => {
  const { objects } = overlays[1]!;
  const deployment = (name: string) =>
    ofKind<Workload>(objects, 'Deployment').find((each) => each.metadata.name === name)!;
  const [bff, maker] = [deployment('wordcloud-bff'), deployment('wordcloud-maker')];
  const autoscaler = ofKind(objects, 'HorizontalPodAutoscaler').find(
    (each) => each.metadata.name === 'wordcloud-maker',
  )!;
  const { maxReplicas } = autoscaler.spec as { maxReplicas: number };
  const setting = (of: Workload, name: string) => Number(environmentOf(objects, containerOf(of), SECRETS)[name]);
  const handedOut = bff.spec.replicas! * setting(bff, 'DISPATCH_CONCURRENCY');
  expect(handedOut).toBeGreaterThanOrEqual(maxReplicas * setting(maker, 'MAKER_WORKERS'));
});
