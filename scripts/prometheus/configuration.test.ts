/** The configuration of Prometheus and Alertmanager: that their own tools accept it, and that it fits the rest of the project. */
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bffContract, ERRORS, SERVICE_NAMES, taskContract, userContract } from '@wordcloud/contracts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lookForPrometheus, runPrometheusTool, startAlertmanager } from '../test-servers/start-prometheus.ts';
import { faster, localConfig, readConfig } from './local-config.ts';
import { type Rule, readRules } from './queries.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const alertmanagerFile = join(root, 'alertmanager/alertmanager.yml');
const rules = readRules();
const alerts = rules.filter((rule): rule is Rule & { alert: string } => rule.alert !== undefined);
const names = [...new Set(alerts.map(({ alert }) => alert))];

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wordcloud-prometheus-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const promtool = lookForPrometheus('promtool');
describe.skipIf(promtool.missing)(`promtool${promtool.note}`, () => {
  it('the rules – are accepted', async () => {
    const files = globSync('prometheus/rules/*.yml', { cwd: root });
    expect(await runPrometheusTool('promtool', ['check', 'rules', ...files.map((file) => join(root, file))])).toContain(
      'SUCCESS',
    );
  });

  it('the rules, on made-up series – fire when they should, and only then', async () => {
    const files = globSync('prometheus/tests/*.yml', { cwd: root });
    await runPrometheusTool('promtool', ['test', 'rules', ...files.map((file) => join(root, file))]);
  });

  it('the configuration, with the addresses of a test – is accepted', async () => {
    const folder = temporary();
    const config = localConfig({
      ...{ bff: 'http://127.0.0.1:1', user: 'admin', pass: 'admin', own: '127.0.0.1:2', alertmanager: '127.0.0.1:3' },
      rulesFolder: folder,
    });
    const file = join(folder, 'prometheus.yml');
    writeFileSync(file, config);
    expect(await runPrometheusTool('promtool', ['check', 'config', file])).toContain('SUCCESS');
  });
});

describe('prometheus.yml', () => {
  const config = readConfig();
  it('instances – are found by the bff, scraped with the password of the management pages, under their own labels', () => {
    const job = config.scrape_configs.find(({ job_name }) => job_name === 'wordcloud')!;
    const auth = { username: 'admin', password_file: '/tmp/manage-pass' };
    expect(job).toMatchObject({ honor_labels: true, basic_auth: auth });
    expect(job.http_sd_configs).toMatchObject([
      { url: 'http://wordcloud-bff:6060/go-doudou/prometheus/sd', basic_auth: auth },
    ]);
  });

  it('all rules – are read', () => {
    expect(config.rule_files).toEqual(['rules/*.yml']);
  });

  it('made faster – a minute takes four seconds, and nothing less than one', () => {
    const rule = 'expr: rate(a[2m]) > max_over_time(b[10s])\n        for: 30s\n        summary: wait for: 30s';
    expect(faster(rule)).toBe(
      'expr: rate(a[8s]) > max_over_time(b[1s])\n        for: 2s\n        summary: wait for: 30s',
    );
  });
});

describe('alerts', () => {
  it.each(alerts.map((rule) => [`${rule.alert}, ${rule.labels?.about}`, rule] as const))(
    '%s – has all that whoever is woken needs',
    (_, { alert, labels, annotations }) => {
      expect(labels).toEqual({
        severity: expect.stringMatching(/^(critical|warning|info)$/),
        about: expect.stringMatching(/./),
      });
      expect(annotations).toEqual({
        summary: expect.stringMatching(/^\S.{10,}[^.]$/),
        description: expect.stringMatching(/^\S.{10,}\.$/),
        runbook_url: `{{ $externalLabels.docs }}/operations.md#${alert.toLowerCase()}`,
      });
    },
  );

  it('each – has its section in the runbook, and a test', () => {
    const headings = [...read('docs/operations.md').matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
    expect(headings.filter((name) => /[a-z][A-Z]/.test(name!))).toEqual(names);
    const tests = globSync('prometheus/tests/*.yml', { cwd: root }).map(read).join();
    const tested = (name: string) =>
      tests.includes(`ALERTS{alertname="${name}"`) && tests.includes(`labels: 'ALERTS{alertname="${name}"`);
    expect(names.filter((name) => !tested(name))).toEqual([]);
  });

  it('a missing service – is looked for by name: all five', () => {
    const about = alerts.filter(({ alert }) => alert === 'ServiceMissing').map(({ labels }) => labels?.about);
    expect(about.toSorted()).toEqual([...SERVICE_NAMES].toSorted());
  });

  it('our own faults – are all codes with a status from 500', () => {
    const own = Object.entries(ERRORS).flatMap(([code, { status }]) => (status >= 500 ? [code] : []));
    const lists = [...read('prometheus/rules/alerts.yml').matchAll(/code=~\\?"([A-Z_|]+)/g)].map(([, list]) => list!);
    expect(lists.map((list) => list.split('|').toSorted())).toEqual([own.toSorted()]);
    const [, outcomes] = /outcome=~\\?"([A-Z_|]+)/.exec(read('prometheus/rules/recording.yml'))!;
    // A call is never told that a task was given up.
    expect(outcomes!.split('|').toSorted()).toEqual(own.filter((code) => code !== 'GAVE_UP').toSorted());
  });

  it('what waits by its nature – is left out of what is slow', () => {
    const [, list] = /operation!~\\?"([\w|]+)/.exec(read('prometheus/rules/recording.yml'))!;
    const all = Object.entries({ ...bffContract.operations, ...taskContract.operations, ...userContract.operations });
    const waiting = all.flatMap(([id, operation]) => ('waits' in operation ? [id] : []));
    expect(list!.split('|')).toEqual(
      expect.arrayContaining([...waiting, 'getEvents', 'createCloud', 'make', 'segment']),
    );
  });
});

const amtool = lookForPrometheus('amtool');
it.skipIf(amtool.missing)(`amtool${amtool.note} – accepts the configuration`, async () => {
  expect(await runPrometheusTool('amtool', ['check-config', alertmanagerFile])).toContain('SUCCESS');
});

const alertmanager = lookForPrometheus('alertmanager');
describe.skipIf(alertmanager.missing)(`Alertmanager${alertmanager.note}`, () => {
  it('a service is missing – what follows from that is kept back, what else is wrong is not', async () => {
    const server = await startAlertmanager(readFileSync(alertmanagerFile, 'utf8'));
    onTestFinished(server.stop);
    const all = [
      ['ServiceMissing', 'critical', 'wordcloud-seg'],
      ['CallsFailing', 'warning', 'wordcloud-seg'],
      ['CallsFailing', 'warning', 'wordcloud-maker'],
      ['TasksWait', 'warning', 'wordcloud-maker'],
      ['ErrorRateHigh', 'critical', 'wordcloud-maker'],
      ['BreakerOpened', 'warning', 'wordcloud-user'],
      ['ServiceMissing', 'critical', 'wordcloud-user'],
      ['MemoryHigh', 'warning', 'wordcloud-bff'],
    ].map(([alertname, severity, about]) => ({ labels: { alertname, severity, about } }));
    const body = JSON.stringify(all);
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${server.url}/api/v2/alerts`, { method: 'POST', headers, body })).status).toBe(200);
    const states = async () => {
      const answer = await fetch(`${server.url}/api/v2/alerts`);
      const found = (await answer.json()) as { labels: Record<string, string>; status: { inhibitedBy: string[] } }[];
      return Object.fromEntries(
        found.map(({ labels, status }) => [`${labels.alertname} ${labels.about}`, status.inhibitedBy.length > 0]),
      );
    };
    await expect.poll(states, { timeout: 10_000 }).toEqual({
      'ServiceMissing wordcloud-seg': false,
      'CallsFailing wordcloud-seg': true,
      'CallsFailing wordcloud-maker': true,
      'TasksWait wordcloud-maker': true,
      'ErrorRateHigh wordcloud-maker': true,
      'BreakerOpened wordcloud-user': true,
      'ServiceMissing wordcloud-user': false,
      'MemoryHigh wordcloud-bff': false,
    });
  });

  it('the rules that it keeps back – all exist', () => {
    const text = readFileSync(alertmanagerFile, 'utf8');
    const named = [...text.matchAll(/alertname (?:=|!=|=~) \\?"([\w|]+)/g)].flatMap(([, list]) => list!.split('|'));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  });
});
