/** Servers and a registry that a test decides everything of, and channels over them. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Operation, Problem } from '@wordcloud/contracts';
import { Discovery, type Driver, type ServiceInstance } from '@wordcloud/discovery';
import { expect, onTestFinished } from 'vitest';
import {
  type BalancedChannelOptions,
  type ChannelMetrics,
  type ChannelRequest,
  createBalancedChannel,
} from '../src/index.ts';

export const SERVICE = 'wordcloud-seg';

/** Safe to repeat. */
export const read: Operation = {
  method: 'GET',
  path: '/read',
  summary: '',
  status: 200,
  errors: [],
  idempotent: true,
  timeoutMs: 8_000,
};
/** Not safe to repeat. */
export const write: Operation = { ...read, method: 'POST', path: '/write', idempotent: false };

export const until = (condition: () => boolean | Promise<boolean>) =>
  expect.poll(condition, { interval: 2, timeout: 10_000 }).toBe(true);

export const instance = (id: string, more: Partial<ServiceInstance> = {}): ServiceInstance => ({
  id,
  service: SERVICE,
  baseUrl: `http://${id}.invalid:1`,
  version: '1',
  weight: 1,
  zone: '',
  startedAt: 0,
  status: 'up',
  data: {},
  mode: 'test',
  ...more,
});

export interface TestRegistry {
  discovery: Discovery;
  /** Resolves when all who follow discovery have heard it. */
  say(instances: readonly ServiceInstance[]): Promise<void>;
}

/** A real Discovery whose only registry says what the test wants. */
export function createTestRegistry(): TestRegistry {
  const words: { instances: readonly ServiceInstance[]; heard: () => void }[] = [];
  let wake = () => {};
  const driver: Driver = {
    mode: 'test',
    async *watch(signal) {
      signal.addEventListener('abort', () => wake(), { once: true });
      while (!signal.aborted) {
        const word = words.shift();
        if (word) {
          yield word.instances;
          word.heard();
        } else {
          const woken = Promise.withResolvers<void>();
          wake = woken.resolve;
          await woken.promise;
        }
      }
    },
    close: async () => {},
  };
  const discovery = new Discovery([driver]);
  onTestFinished(() => discovery.close());
  return {
    discovery,
    say(instances) {
      const { promise, resolve } = Promise.withResolvers<void>();
      words.push({ instances, heard: resolve });
      wake();
      return promise;
    },
  };
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Ways to answer. A socket that is hung on, is closed with its server. */
export const ok: Answer = (_request, response) => void response.writeHead(200).end('{}');
export const hang: Answer = () => {};
export const reset: Answer = ({ socket }) => void socket.resetAndDestroy();
export const fails = (status: number, body: string, headers: Record<string, string> = {}): Answer => {
  return (_request, response) => void response.writeHead(status, headers).end(body);
};
export const problem = (code: string, more: Partial<Problem> = {}) =>
  JSON.stringify({ type: 'about:blank', title: 't', status: 1, code, detail: 'a sentence', requestId: 'r', ...more });

/** A server that keeps what came. */
export async function serve(answer: Answer = ok) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    served.answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const served = {
    server,
    requests,
    /** How it answers from now on. */
    answer,
    as: (id: string, more: Partial<ServiceInstance> = {}) =>
      instance(id, { baseUrl: `http://127.0.0.1:${port}`, ...more }),
    async close() {
      server.closeAllConnections();
      if (server.listening) await new Promise((done) => server.close(done));
    },
  };
  onTestFinished(served.close);
  return served;
}

/** A place where nobody listens. */
export async function serveNobody(id: string): Promise<ServiceInstance> {
  const server = await serve();
  await server.close();
  return server.as(id);
}

/** A channel that knows the instances, one after another without slow start unless options say else; and what it told its metrics. */
export async function connect(
  instances: readonly ServiceInstance[],
  options: Partial<Omit<BalancedChannelOptions, 'discovery' | 'metrics'>> = {},
) {
  const registry = createTestRegistry();
  await registry.say(instances);
  const told: string[] = [];
  const metrics: ChannelMetrics = {
    retried: () => told.push('retried'),
    hedged: () => told.push('hedged'),
    lackedInstance: () => told.push('lacked'),
    added: () => {},
    breakerChanged: (_service, id, state) => told.push(`${id} ${state}`),
    forgotten: (_service, id) => told.push(`${id} forgotten`),
  };
  const channel = createBalancedChannel(SERVICE, {
    balancing: 'round-robin',
    warmUpMs: 0,
    random: () => 0.5,
    ...options,
    metrics,
    discovery: registry.discovery,
  });
  onTestFinished(() => channel.close());
  const send = (operation: Operation, more: Partial<ChannelRequest> = {}) =>
    channel.send({
      operationId: operation.path.slice(1),
      operation,
      path: operation.path,
      headers: {},
      body: undefined,
      budgetMs: operation.timeoutMs,
      signal: undefined,
      key: undefined,
      onAttempt: undefined,
      ...more,
    });
  return {
    ...{ registry, channel, told, send },
    stateOf: (id: string) => channel.state().instances.find((instance) => instance.id === id),
  };
}

/** So many at once. */
export const times = <T>(count: number, work: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => work(i));

/** The same series for the same seed: as even as tests need it. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
