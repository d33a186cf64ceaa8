/** What the running system exports, and what Prometheus makes of it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SERVICE_NAMES } from '@wordcloud/contracts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findUnknown, readExported } from '../scripts/prometheus/exported.ts';
import { localConfig } from '../scripts/prometheus/local-config.ts';
import { readQueries } from '../scripts/prometheus/queries.ts';
import { runMain } from '../scripts/test-servers/run-main.ts';
import {
  lookForPrometheus,
  type PrometheusServer,
  startAlertmanager,
  startPrometheus,
} from '../scripts/test-servers/start-prometheus.ts';
import { findRedis } from '../scripts/test-servers/test-servers.ts';
import { type ApiUser, signUp } from './api-client.ts';
import type { LocalSystem } from './local-system.ts';

const INSTANCES = [1, 2];
const headers = { authorization: `Basic ${btoa('admin:admin')}` };
const TEXT = 'The captain steered the ship through the storm and the waves. ';
/** Panels that are empty while all is well, or without Redis. */
const EMPTY_WHEN_WELL = /What fires|annotation|Answers that refuse|Calls that fail$|Redis decides/;
/** Prom-client's default metrics. */
const NODES_OWN = /^nodejs_|^process_(?!memory_limit)/;
/** Exported only where the limits go through Redis. */
const WITH_REDIS = 'rate_limiter_redis_up';

const prometheus = lookForPrometheus('prometheus', 'alertmanager');
const redis = await findRedis();

/** @param system with two instances of each service */
export function describeMetrics(system: () => LocalSystem): void {
  describe('metrics', () => {
    let user: ApiUser;
    beforeAll(async () => {
      user = await signUp(system().api, 'observer');
      await user.make(TEXT);
    });

    it('whatever a dashboard, a rule or an alert names – is exported by the running services, with its labels', async () => {
      const { address } = system();
      const addresses = SERVICE_NAMES.flatMap((service) => INSTANCES.map((instance) => address(service, instance)));
      const pages = await Promise.all(addresses.map(readPage));
      const queries = readQueries().filter(({ expr }) => !expr.includes(WITH_REDIS) && !/prometheus_/.test(expr));
      expect(queries.length).toBeGreaterThan(100);
      expect(findUnknown(queries, readExported(pages))).toEqual([]);
    });

    it('the table in docs/operations.md – has every metric of ours, and no other', async () => {
      const pages = await Promise.all(SERVICE_NAMES.map((service) => readPage(system().address(service))));
      const exported = pages.flatMap((page) => [...page.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name!));
      const ours = new Set(exported.filter((name) => !NODES_OWN.test(name)));
      const text = await readFile(resolve(import.meta.dirname, '../docs/operations.md'), 'utf8');
      const rows = [...text.slice(text.indexOf('\n## Metrics')).matchAll(/^\| (`[^|]+) \|/gm)];
      const listed = rows.flatMap(([, names]) => names!.replaceAll('`', '').split(', '));
      expect(listed.toSorted()).toEqual([...ours, WITH_REDIS].toSorted());
    });

    it.skipIf(redis.missing)(`a bff with Redis${redis.note} – exports what is asked of that, too`, async () => {
      const [USERSVC, TASKSVC, MAKERSVC] = (['wordcloud-user', 'wordcloud-task', 'wordcloud-maker'] as const).map(
        (service) => system().address(service),
      ) as [string, string, string];
      const folder = await mkdtemp(join(tmpdir(), 'wordcloud-bff-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const env = { USERSVC, TASKSVC, MAKERSVC, REDIS_URL: redis.url(), DATA_DIR: folder, GDD_MANAGE_PASS: 'admin' };
      const bff = runMain('wordcloud-bff/src/main.ts', env);
      const page = await readPage(await bff.ready);
      const queries = readQueries().filter(({ expr }) => expr.includes(WITH_REDIS));
      expect(queries.length).toBeGreaterThan(1);
      expect(findUnknown(queries, readExported([page]))).toEqual([]);
      bff.kill('SIGTERM');
      expect((await bff.ended).code).toBe(0);
    });

    describePrometheus(system, () => user);
  });
}

function describePrometheus(system: () => LocalSystem, user: () => ApiUser): void {
  describe.skipIf(prometheus.missing)(`Prometheus${prometheus.note}`, () => {
    let server: PrometheusServer;
    let alertmanager: PrometheusServer;
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'wordcloud-rules-'));
      alertmanager = await startAlertmanager('{ route: { receiver: none }, receivers: [{ name: none }] }');
      server = await startPrometheus((port) =>
        localConfig({
          ...{ bff: system().api, user: 'admin', pass: 'admin', own: `127.0.0.1:${port}`, rulesFolder: folder },
          alertmanager: new URL(alertmanager.url).host,
        }),
      );
    });
    afterAll(async () => {
      await Promise.all([server?.stop(), alertmanager?.stop()]);
      await rm(folder, { recursive: true, force: true });
    });

    const query = async (expr: string) => {
      const answer = await fetch(`${server.url}/api/v1/query`, {
        method: 'POST',
        body: new URLSearchParams({ query: expr }),
      });
      const { status, data, error } = (await answer.json()) as Answer;
      if (status !== 'success') throw new Error(`${expr}: ${error}`);
      return data.result;
    };
    const firing = async () =>
      (await query('ALERTS{alertstate="firing"}')).map(({ metric }) => `${metric.alertname} ${metric.about}`);

    it('all instances – are found by the list of the bff, and scraped', async () => {
      const up = async () => (await query('up == 1')).map(({ metric }) => metric.instance_id ?? metric.job).toSorted();
      const ids = SERVICE_NAMES.flatMap((service) => INSTANCES.map((instance) => `${service}-${instance}/${service}`));
      await expect.poll(up, { timeout: 20_000 }).toEqual([...ids, 'alertmanager', 'prometheus'].toSorted());
    });

    it('every query – is answered, and every panel shows something while the system works', async () => {
      const emptyPanels = async () => {
        await user().make(TEXT);
        const asked = readQueries().map(async ({ where, expr }) => ({ where, results: await query(filled(expr)) }));
        const empty = (await Promise.all(asked)).filter(({ results }) => results.length === 0);
        return empty
          .map(({ where }) => where)
          .filter((where) => where.includes('.json') && !EMPTY_WHEN_WELL.test(where));
      };
      await expect.poll(emptyPanels, { timeout: 50_000, interval: 500 }).toEqual([]);
    }, 60_000);

    it('work – is counted', async () => {
      const sum = async (expr: string) => Number((await query(`sum(${expr})`))[0]?.value[1] ?? 0);
      // A scrape ago: what was made just before may still come in.
      const before = await sum('task_finished_total{outcome="succeeded"}');
      await Promise.all([user().make(TEXT), user().make(TEXT)]);
      await expect
        .poll(() => sum('task_finished_total{outcome="succeeded"}'), { timeout: 10_000 })
        .toBeGreaterThanOrEqual(before + 2);
      expect(await sum('seg_words_total')).toBeGreaterThan(0);
      expect(await sum('cloud_stage_seconds_count{stage="layout"}')).toBeGreaterThan(0);
      expect(await sum('upload_text_bytes_sum')).toBeGreaterThan(TEXT.length);
      await expect.poll(() => sum('service:http_requests:rate1m'), { timeout: 10_000 }).toBeGreaterThan(0);
    });

    it('one instance hangs – it looks down, then is gone; when it goes on, all is well', async () => {
      const maker = system().runner('wordcloud-maker', 2);
      maker.kill('SIGSTOP');
      try {
        await expect.poll(firing, { timeout: 30_000 }).toContain('InstancesFewer wordcloud-maker');
        expect(await firing()).not.toContain('ServiceMissing wordcloud-maker');
      } finally {
        maker.kill('SIGCONT');
      }
      await expect.poll(firing, { timeout: 60_000 }).not.toContain('InstancesFewer wordcloud-maker');
    }, 100_000);

    it('both instances of a service hang – the service is missing, and the Alertmanager hears of it', async () => {
      const runners = INSTANCES.map((instance) => system().runner('wordcloud-user', instance));
      for (const runner of runners) runner.kill('SIGSTOP');
      try {
        await expect.poll(firing, { timeout: 30_000 }).toContain('ServiceMissing wordcloud-user');
        const heard = async () => {
          const alerts = (await (await fetch(`${alertmanager.url}/api/v2/alerts`)).json()) as HeardAlert[];
          return alerts.find(({ labels }) => labels.alertname === 'ServiceMissing');
        };
        await expect.poll(heard, { timeout: 10_000 }).toMatchObject({
          labels: { alertname: 'ServiceMissing', severity: 'critical', about: 'wordcloud-user' },
          annotations: { runbook_url: 'docs/operations.md#servicemissing' },
        });
        expect((await heard())?.labels).not.toHaveProperty('docs');
      } finally {
        for (const runner of runners) runner.kill('SIGCONT');
      }
      await expect.poll(firing, { timeout: 60_000 }).not.toContain('ServiceMissing wordcloud-user');
    }, 120_000);

    it('a service answers with errors – breakers open, and that is told; when it is well again, it gets calls', async () => {
      const body = JSON.stringify({ username: 'observer', password: 'password of observer' });
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
      const logIn = async () => (await fetch(`${system().api}/api/auth/login`, init)).status;
      // Half open stays what has been called by long polls only: they try nobody out.
      const open = () => query('rpc_client_breaker_state{target="wordcloud-user"} == 2');
      try {
        for (const instance of INSTANCES) {
          const fault = { instance: `wordcloud-user-${instance}/wordcloud-user`, kind: 'fail', share: 1, seconds: 30 };
          expect((await user().post('/api/system/faults', fault)).status).toBe(204);
        }
        const ask = async () => {
          await Promise.all([logIn(), logIn(), logIn(), logIn()]);
          return firing();
        };
        await expect.poll(ask, { timeout: 20_000 }).toContain('BreakerOpened wordcloud-user');
        expect(await query('rpc_client_breaker_state{target="wordcloud-user"} > 0')).not.toEqual([]);
      } finally {
        await user().delete('/api/system/faults');
      }
      const isWell = async () => (await logIn()) === 200 && (await open()).length === 0;
      await expect.poll(isWell, { timeout: 20_000 }).toBe(true);
    }, 60_000);
  });
}

interface Answer {
  status: string;
  error?: string;
  data: { result: { metric: Record<string, string>; value: [number, string] }[] };
}

interface HeardAlert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

async function readPage(address: string): Promise<string> {
  const answer = await fetch(`${address}/go-doudou/prometheus`, { headers });
  expect(answer.status).toBe(200);
  return answer.text();
}

/** A query of a dashboard as Grafana would send it. */
const filled = (expr: string) =>
  expr.replaceAll('$__rate_interval', '10s').replaceAll('$service', 'wordcloud-maker').replaceAll('$instance', '.+');
