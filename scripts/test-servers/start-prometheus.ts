/** Prometheus and its Alertmanager as the tests' own: empty, on free ports, with a configuration of the test. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ChildServer, freePort, startChild, temporaryFolder } from './child-server.ts';
import { findProgram, MissingServerError } from './find-program.ts';

/** Debian calls it after its package. */
const PROGRAMS = {
  prometheus: ['prometheus'],
  promtool: ['promtool'],
  alertmanager: ['alertmanager', 'prometheus-alertmanager'],
  amtool: ['amtool'],
};

export type PrometheusProgram = keyof typeof PROGRAMS;

/** For tests: whether they must be skipped, and for their title why. */
export function lookForPrometheus(...programs: PrometheusProgram[]): { missing: boolean; note: string } {
  const missing = programs.filter((program) => find(program) === undefined);
  if (missing.length === 0) return { missing: false, note: '' };
  return { missing: true, note: ` [skipped: ${messageOf(missing.join(' and '))}]` };
}

export interface PrometheusServer extends ChildServer {
  /** `http://127.0.0.1:port` */
  url: string;
}

/**
 * @param config what `prometheus.yml` is to hold, by the server's own port
 * @throws MissingServerError when Prometheus is not installed
 */
export function startPrometheus(config: (port: number) => string): Promise<PrometheusServer> {
  return start('prometheus', config, (folder, address) => [
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
    '--log.level=warn',
  ]);
}

/** @throws MissingServerError when Alertmanager is not installed */
export function startAlertmanager(config: string): Promise<PrometheusServer> {
  return start(
    'alertmanager',
    () => config,
    (folder, address) => [
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
      '--log.level=warn',
    ],
  );
}

/**
 * Runs promtool or amtool.
 *
 * @returns what it printed
 * @throws Error with what it printed, when it does not agree; MissingServerError when it is not installed
 */
export async function runPrometheusTool(tool: 'promtool' | 'amtool', args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(programOf(tool), [...args]);
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${tool} ${args[0]} ${args[1]}:\n${stdout}${stderr}`, { cause: error });
  }
}

async function start(
  program: 'prometheus' | 'alertmanager',
  config: (port: number) => string,
  options: (folder: string, address: string) => string[],
): Promise<PrometheusServer> {
  const command = programOf(program);
  const folder = await temporaryFolder(program);
  const port = await freePort();
  const file = join(folder, `${program}.yml`);
  await writeFile(file, config(port));
  const url = `http://127.0.0.1:${port}`;
  const child = await startChild(
    [command, `--config.file=${file}`, ...options(folder, `127.0.0.1:${port}`)],
    folder,
    async () => {
      const answer = await fetch(`${url}/-/ready`);
      if (!answer.ok) throw new Error(`status ${answer.status}`);
    },
  );
  return { url, stop: child.stop };
}

function programOf(program: PrometheusProgram): string {
  const path = find(program);
  if (path === undefined) throw new MissingServerError(messageOf(program));
  return path;
}

const find = (program: PrometheusProgram) =>
  PROGRAMS[program].map((name) => findProgram(name)).find((path) => path !== undefined);

const messageOf = (what: string) =>
  `${what} is missing: install prometheus and prometheus-alertmanager (Debian: sudo sh scripts/test-servers/install.sh)`;
