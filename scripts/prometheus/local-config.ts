/** The real configuration of Prometheus and its rules, for tests: other addresses, and time that runs faster. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';

const folder = resolve(import.meta.dirname, '../../prometheus');

/** Alerts look back over minutes, tests do not wait so long: a minute takes this many seconds. */
const SECONDS_FOR_A_MINUTE = 4;

interface Config {
  global: Record<string, unknown>;
  rule_files: string[];
  alerting: { alertmanagers: { static_configs: { targets: string[] }[] }[] };
  scrape_configs: Job[];
}

interface Job {
  job_name: string;
  basic_auth?: BasicAuth;
  http_sd_configs?: { url: string; refresh_interval: string; basic_auth: BasicAuth }[];
  static_configs?: { targets: string[] }[];
}

type BasicAuth = Record<string, string>;

export interface LocalConfigOptions {
  /** A bff, as `http://127.0.0.1:6060`. */
  bff: string;
  /** Of the management pages. */
  user: string;
  pass: string;
  /** Where Prometheus itself will listen, `host:port`. */
  own: string;
  /** `host:port` of an Alertmanager; left out: none. */
  alertmanager?: string;
  /** An existing folder, where the faster rules are written. */
  rulesFolder: string;
}

export const readConfig = (): Config => parse(readFileSync(join(folder, 'prometheus.yml'), 'utf8')) as Config;

/** @returns what `prometheus.yml` is to hold */
export function localConfig(options: LocalConfigOptions): string {
  const { bff, user, pass, own, alertmanager } = options;
  const config = readConfig();
  // In place of the file that the container makes.
  const basicAuth = { username: user, password: pass };
  const jobs = config.scrape_configs.map((job): Job => {
    if (job.http_sd_configs) {
      const lists = job.http_sd_configs.map(({ url, ...list }) => ({
        ...list,
        url: bff + new URL(url).pathname,
        refresh_interval: '1s',
        basic_auth: basicAuth,
      }));
      return { ...job, http_sd_configs: lists, basic_auth: basicAuth };
    }
    const address = job.job_name === 'prometheus' ? own : alertmanager;
    return { ...job, static_configs: address ? [{ targets: [address] }] : [] };
  });
  const targets = alertmanager ? [alertmanager] : [];
  return stringify({
    ...config,
    global: { ...config.global, scrape_interval: '500ms', scrape_timeout: '400ms', evaluation_interval: '500ms' },
    rule_files: writeFasterRules(options.rulesFolder),
    alerting: { ...config.alerting, alertmanagers: [{ static_configs: [{ targets }] }] },
    scrape_configs: jobs,
  });
}

function writeFasterRules(target: string): string[] {
  return globSync('rules/*.yml', { cwd: folder }).map((file) => {
    const path = join(target, basename(file));
    writeFileSync(path, faster(readFileSync(join(folder, file), 'utf8')));
    return path;
  });
}

/** Ranges and `for` of rules, in YAML. */
export function faster(rules: string): string {
  const shorten = (amount: string, unit: string) => {
    const seconds = Number(amount) * (unit === 'm' ? 60 : 1);
    return `${Math.max(1, Math.round((seconds * SECONDS_FOR_A_MINUTE) / 60))}s`;
  };
  return rules
    .replace(/\[(\d+)([sm])\]/g, (_, amount: string, unit: string) => `[${shorten(amount, unit)}]`)
    .replace(/^( +for: )(\d+)([sm])$/gm, (_, key: string, amount: string, unit: string) => key + shorten(amount, unit));
}
