/** A Jaeger for tests: takes Thrift over UDP or HTTP on a port of its own, and reads it by Jaeger's IDL. */
import { createSocket, type SocketType } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { endpointOf } from './endpoint.ts';

/** Of thriftrw, as far as it is used here. */
interface Read<T> {
  err?: Error;
  value: T;
}
interface Thrift {
  Batch: { rw: { readFrom(bytes: Buffer, offset: number): Read<Batch> } };
  Agent: {
    emitBatch: {
      argumentsMessageRW: { readFrom(bytes: Buffer, offset: number): Read<{ body: { batch: Batch } }> };
    };
  };
}
interface Tag {
  key: string;
  vType: string;
  vStr: string | null;
  vDouble: number | null;
  vBool: boolean | null;
  vLong: Buffer | null;
}
interface Batch {
  process: { serviceName: string; tags: Tag[] };
  spans: Span[];
}
interface Span {
  traceIdLow: Buffer;
  traceIdHigh: Buffer;
  spanId: Buffer;
  parentSpanId: Buffer;
  operationName: string;
  references: { refType: string; traceIdLow: Buffer; traceIdHigh: Buffer; spanId: Buffer }[];
  flags: number;
  startTime: Buffer;
  duration: Buffer;
  tags: Tag[];
  logs: { timestamp: Buffer; fields: Tag[] }[];
}

export type JaegerReceived = ReturnType<typeof readSpan>;

const fromHere = createRequire(import.meta.url);
const client = dirname(fromHere.resolve('jaeger-client'));
const { Thrift: ThriftOfIdl } = createRequire(join(client, 'index.js'))('thriftrw') as {
  Thrift: new (options: object) => Thrift;
};
const jaeger = new ThriftOfIdl({ source: readFileSync(join(client, 'jaeger-idl/thrift/jaeger.thrift'), 'ascii') });
const agent = new ThriftOfIdl({ entryPoint: join(client, 'thriftrw-idl/agent.thrift'), allowFilesystemAccess: true });

/** As an agent. @param address of this machine */
export async function startJaegerAgent(address = '127.0.0.1') {
  const spans: JaegerReceived[] = [];
  const sizes: number[] = [];
  const type: SocketType = address.includes(':') ? 'udp6' : 'udp4';
  const socket = createSocket({ type, recvBufferSize: 4 * 1024 * 1024 });
  socket.on('message', (bytes) => {
    sizes.push(bytes.length);
    const { err, value } = agent.Agent.emitBatch.argumentsMessageRW.readFrom(bytes, 0);
    if (err) throw err;
    spans.push(...readBatch(value.body.batch));
  });
  socket.bind(0, address);
  await once(socket, 'listening');
  const close = async () => {
    socket.close();
    await once(socket, 'close');
  };
  return { port: socket.address().port, spans, sizes, close };
}

/** As a collector. @param status what it answers */
export async function startJaegerCollector(status = 202) {
  const spans: JaegerReceived[] = [];
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const { 'content-type': type, authorization = 'no user' } = request.headers;
    requests.push(`${request.method} ${request.url} ${type} ${authorization}`);
    const { err, value } = jaeger.Batch.rw.readFrom(await buffer(request), 0);
    if (err) throw err;
    spans.push(...readBatch(value));
    response.writeHead(status).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { endpoint: `${endpointOf(server)}/api/traces`, spans, requests, close };
}

const readBatch = ({ process, spans }: Batch) => spans.map((span) => readSpan(span, process));

function readSpan(span: Span, { serviceName, tags }: Batch['process']) {
  return {
    service: serviceName,
    process: readTags(tags),
    traceId: traceIdOf(span),
    spanId: span.spanId.toString('hex'),
    parentSpanId: span.parentSpanId.toString('hex'),
    name: span.operationName,
    flags: span.flags,
    startMicros: Number(span.startTime.readBigInt64BE()),
    durationMicros: Number(span.duration.readBigInt64BE()),
    tags: readTags(span.tags),
    logs: span.logs.map(({ timestamp, fields }) => ({
      micros: Number(timestamp.readBigInt64BE()),
      fields: readTags(fields),
    })),
    references: span.references.map((reference) => ({
      type: reference.refType,
      traceId: traceIdOf(reference),
      spanId: reference.spanId.toString('hex'),
    })),
  };
}

const traceIdOf = ({ traceIdHigh, traceIdLow }: Pick<Span, 'traceIdHigh' | 'traceIdLow'>) =>
  traceIdHigh.toString('hex') + traceIdLow.toString('hex');

/** Integers come as bigint, so that they differ from other numbers. */
const readTags = (tags: Tag[]): Record<string, unknown> =>
  Object.fromEntries(
    tags.map(({ key, vType, vStr, vDouble, vBool, vLong }) => {
      const values: Record<string, unknown> = {
        STRING: vStr,
        DOUBLE: vDouble,
        BOOL: vBool,
        LONG: vLong?.readBigInt64BE(),
      };
      return [key, values[vType]];
    }),
  );
