import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Problem, segContract, taskContract } from '@wordcloud/contracts';
import { createMetrics } from '@wordcloud/telemetry';
import { afterEach, describe, expect, it } from 'vitest';
import { createClient, createFixedChannel } from '../src/index.ts';

const TASK = '0192f000-0000-7000-8000-000000000000';
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(answer: Answer): Promise<{ server: Server; origin: string }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function connect(origin: string) {
  const metrics = createMetrics('test', { processMetrics: false });
  const options = { serviceToken: 'secret token', metrics };
  const tasks = createClient(taskContract, createFixedChannel('wordcloud-task', { origin }), options);
  const seg = createClient(segContract, createFixedChannel('wordcloud-seg', { origin }), options);
  cleanUps.push(() => Promise.all([tasks.close(), seg.close()]));
  return { tasks, seg, metrics };
}

const getTask = { params: { taskId: TASK }, query: { ownerId: 'ada' } };
const send = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
const problem = (code: string, more: Partial<Problem> = {}) =>
  JSON.stringify({ type: 'about:blank', title: 't', status: 1, code, detail: 'a sentence', requestId: 'r', ...more });

describe('a call', () => {
  it('carries method, path, body, token, request id and the time left', async () => {
    let seen: Record<string, unknown> = {};
    const { origin } = await serve(async (request, response) => {
      const { method, url, headers } = request;
      seen = { method, url, headers, body: (await request.toArray()).join('') };
      send(response, 202, '{"task": "the task"}');
    });
    const { tasks } = connect(origin);
    const context = { requestId: 'r-1', deadline: Date.now() + 2_000 };
    const reply = await tasks.retryTask({ ...getTask, body: { options: { top: 5 } } }, context);
    expect(reply).toEqual({ task: 'the task' });
    expect(seen).toMatchObject({
      method: 'POST',
      url: `/tasks/${TASK}/retry?ownerId=ada`,
      body: '{"options":{"top":5}}',
      headers: { authorization: 'Bearer secret token', 'x-request-id': 'r-1', 'content-type': 'application/json' },
    });
    const left = Number((seen.headers as Record<string, string>)['x-deadline-ms']);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(2_000);
  });

  it('204 – nothing', async () => {
    const { origin } = await serve((_request, response) => response.writeHead(204).end());
    expect(await connect(origin).tasks.deleteTask(getTask)).toBeUndefined();
  });

  it('a problem – the same error on this side', async () => {
    const errors = [{ field: 'top', value: 0, allowed: 'more' }];
    const { origin } = await serve((_request, response) =>
      send(response, 503, problem('OVERLOADED', { errors }), { 'retry-after': '7' }),
    );
    await expect(connect(origin).tasks.getTask(getTask)).rejects.toMatchObject({
      ...{ name: 'ProblemError', code: 'OVERLOADED', status: 503, message: 'a sentence' },
      ...{ retryAfterSeconds: 7, errors, sent: true },
    });
  });

  it.each([
    [200, 'no JSON'],
    [200, ''],
    [502, '<html>Bad Gateway</html>'],
    [500, '{"error": "of somebody else"}'],
    [500, problem('UNHEARD_OF')],
    [500, problem('constructor')],
    [500, 'null'],
    [500, '"text"'],
    [302, '{}'],
  ])('an answer that is not ours (%i %s) – BAD_ANSWER names service and operation', async (status, body) => {
    const { origin } = await serve((_request, response) => send(response, status, body));
    await expect(connect(origin).tasks.getTask(getTask)).rejects.toMatchObject({
      code: 'BAD_ANSWER',
      message: `wordcloud-task answered getTask with status ${status} in a form that is not ours.`,
    });
  });

  it('every outcome – is measured', async () => {
    const { origin } = await serve(({ method }, response) =>
      method === 'GET' ? send(response, 200, '{}') : send(response, 404, problem('NOT_FOUND')),
    );
    const { tasks, metrics } = connect(origin);
    await tasks.getTask(getTask);
    await tasks.deleteTask(getTask).catch(() => {});
    await tasks.getTask(getTask, { signal: AbortSignal.abort() }).catch(() => {});
    const text = await metrics.registry.metrics();
    for (const [operation, outcome] of [
      ['getTask', 'ok'],
      ['deleteTask', 'NOT_FOUND'],
      ['getTask', 'CANCELLED'],
    ]) {
      expect(text).toMatch(
        new RegExp(`rpc_client_call_duration_seconds_count{.*operation="${operation}",outcome="${outcome}".*} 1`),
      );
    }
  });
});

describe('when no answer comes', () => {
  it('nobody listens – UNAVAILABLE, not sent', async () => {
    const { server, origin } = await serve(() => {});
    server.close();
    await once(server, 'close');
    await expect(connect(origin).tasks.getTask(getTask)).rejects.toMatchObject({
      ...{ code: 'UNAVAILABLE', sent: false, retryAfterSeconds: 1 },
      message: 'wordcloud-task cannot be reached (ECONNREFUSED).',
    });
  });

  it('a name that does not exist – UNAVAILABLE, not sent', async () => {
    const { tasks } = connect('http://nowhere.invalid:1');
    await expect(tasks.getTask(getTask)).rejects.toMatchObject({ code: 'UNAVAILABLE', sent: false });
  });

  it('reset before the answer, or in the middle of it – UNAVAILABLE, sent', async () => {
    const resets: Answer[] = [
      ({ socket }) => socket.resetAndDestroy(),
      ({ socket }) => socket.destroy(),
      ({ socket }, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"task"', () => socket.destroy());
      },
    ];
    for (const reset of resets) {
      const { origin } = await serve(reset);
      await expect(connect(origin).tasks.getTask(getTask)).rejects.toMatchObject({ code: 'UNAVAILABLE', sent: true });
    }
  });

  it('the time is over – DEADLINE_EXCEEDED, and the server sees the caller leave', async () => {
    const left = Promise.withResolvers<void>();
    const { origin } = await serve(({ socket }) => socket.once('close', left.resolve));
    const call = connect(origin).tasks.getTask(getTask, { deadline: Date.now() + 100 });
    await expect(call).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED', status: 504 });
    await left.promise;
  });

  it('the caller leaves – its own reason, and the server sees it', async () => {
    const arrived = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    const { origin } = await serve(({ socket }) => {
      socket.once('close', left.resolve);
      arrived.resolve();
    });
    const leaving = new AbortController();
    const call = connect(origin).tasks.getTask(getTask, { signal: leaving.signal });
    call.catch(() => {});
    await arrived.promise;
    leaving.abort(new Error('gone'));
    await expect(call).rejects.toThrow('gone');
    await left.promise;
  });

  it('closed – a call under way ends, and none begins', async () => {
    const arrived = Promise.withResolvers<void>();
    const { origin } = await serve(() => arrived.resolve());
    const { tasks } = connect(origin);
    const call = tasks.getTask(getTask);
    call.catch(() => {});
    await arrived.promise;
    await tasks.close();
    await expect(call).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(tasks.getTask(getTask)).rejects.toMatchObject({ code: 'UNAVAILABLE', sent: false });
  });
});
