/** The system in Docker, as `make up` runs it, under a project name and on ports of its own: another one that runs is left alone. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
const PORTS = [
  'UI_PORT',
  'BFF_PORT',
  'S3_CONSOLE_PORT',
  'PROMETHEUS_PORT',
  'ALERTMANAGER_PORT',
  'GRAFANA_PORT',
  'JAEGER_PORT',
] as const;
/** Ten times what anything takes here: something hangs. */
const LONGEST_MS = 900_000;
const MEBIBYTE = 2 ** 20;

export interface Container {
  id: string;
  /** Name in the compose file. */
  service: string;
  name: string;
}

export interface ComposeSystem {
  address(port: (typeof PORTS)[number]): string;
  /** @param more settings beside those of `.env` @returns what it printed */
  make(target: string, more?: Record<string, string>): Promise<string>;
  /** Those that run. */
  containers(): Promise<Container[]>;
  /** Ends all processes of a container by SIGKILL. Resolves when it has been started again. */
  crash(container: Container): Promise<void>;
  isHealthy(container: Container): Promise<boolean>;
  logs(container: Container): Promise<string>;
  /** Mebibytes in use by each container. */
  memory(): Promise<{ name: string; mebibytes: number }[]>;
  /** Megabytes, as Docker counts, of the images of the repository. */
  imageSizes(): Promise<{ image: string; megabytes: number }[]>;
}

export async function describeCompose(project: string): Promise<ComposeSystem> {
  const ports = Object.fromEntries(await Promise.all(PORTS.map(async (name) => [name, String(await freePort())])));
  const settings = { ...process.env, ...ports, COMPOSE_PROJECT_NAME: project };
  const docker = async (...args: string[]) => (await run('docker', args, { maxBuffer: 64 * MEBIBYTE })).stdout;
  const inspect = (container: Container, format: string) => docker('inspect', '--format', format, container.id);

  const containers = async (): Promise<Container[]> => {
    const format = '{{.ID}} {{.Label "com.docker.compose.service"}} {{.Names}}';
    const lines = await docker('ps', '--filter', `label=com.docker.compose.project=${project}`, '--format', format);
    return lines
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(' ') as [string, string, string])
      .map(([id, service, name]) => ({ id, service, name }))
      .sort((a, b) => a.name.localeCompare(b.name));
  };

  return {
    address: (port) => `http://127.0.0.1:${ports[port]}`,
    async make(target, more = {}) {
      const env = { ...settings, ...more };
      const options = { cwd: root, env, maxBuffer: 64 * MEBIBYTE, timeout: LONGEST_MS };
      const { stdout } = await run('make', target.split(' '), options).catch((error: Error & { stdout?: string }) => {
        const last = error.stdout?.split('\n').slice(-30).join('\n');
        throw new Error(`make ${target} failed: ${error.message}\n${last}`);
      });
      return stdout;
    },
    containers,
    async crash(container) {
      // What `docker kill` ends is not started again. Ours have an init before them, so that the process itself can be hit; of the
      // others, the process is the first of its container, which cannot be killed from inside.
      const startedAt = () => inspect(container, '{{.State.StartedAt}}');
      const before = await startedAt();
      const isOurs = container.service.startsWith('wordcloud-');
      if (isOurs) await docker('exec', container.id, 'sh', '-c', 'kill -KILL -1').catch(() => {});
      else await docker('restart', '--time', '0', container.id);
      while ((await startedAt()) === before) await pause(50);
    },
    isHealthy: async (container) => (await inspect(container, '{{.State.Health.Status}}')).trim() === 'healthy',
    logs: async (container) => {
      const { stdout, stderr } = await run('docker', ['logs', container.id], { maxBuffer: 64 * MEBIBYTE });
      return stdout + stderr;
    },
    async memory() {
      const ids = (await containers()).map(({ id }) => id);
      const lines = await docker('stats', '--no-stream', '--format', '{{.Name}} {{.MemUsage}}', ...ids);
      return lines
        .trim()
        .split('\n')
        .map((line) => ({ name: line.split(' ')[0]!, mebibytes: mebibytesOf(line.split(' ')[1]!) }))
        .sort((a, b) => a.name.localeCompare(b.name));
    },
    async imageSizes() {
      const names = ['wordcloud-services:0.1.0', 'wordcloud-ui:0.1.0'];
      const sizes = await Promise.all(names.map((image) => docker('image', 'inspect', '--format', '{{.Size}}', image)));
      return names.map((image, index) => ({ image, megabytes: Math.round(Number(sizes[index]) / 1e6) }));
    },
  };
}

/** Of `96.3MiB` or `1.2GiB`. */
function mebibytesOf(text: string): number {
  const value = Number.parseFloat(text);
  return Math.round(text.endsWith('GiB') ? value * 1024 : text.endsWith('KiB') ? value / 1024 : value);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}
