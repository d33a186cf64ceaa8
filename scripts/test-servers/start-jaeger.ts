/** A Jaeger of the tests' own: in memory, on free ports, taking spans in its own formats and by OTLP. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChildServer, freePort, startChild, temporaryFolder } from './child-server.ts';
import { findProgram, MissingServerError } from './find-program.ts';

export interface JaegerServer extends ChildServer {
  /** Of its API, where traces are asked for: `http://127.0.0.1:port`. */
  query: string;
  /** OTLP over HTTP. */
  otlp: string;
  /** Thrift in binary over UDP. */
  agentPort: number;
  /** Thrift over HTTP. */
  collector: string;
}

/** Where install.sh puts what it builds. */
const BUILT = join(import.meta.dirname, '../../.cache/test-servers');

const find = () => findProgram('jaeger', [BUILT]) ?? findProgram('jaeger');
const MESSAGE = 'jaeger is missing: install Go and run sh scripts/test-servers/install.sh jaeger, which takes minutes';

/** For tests: whether they must be skipped, and for their title why. */
export function lookForJaeger(): { missing: boolean; note: string } {
  return find() ? { missing: false, note: '' } : { missing: true, note: ` [skipped: ${MESSAGE}]` };
}

/** @throws MissingServerError when Jaeger has not been built */
export async function startJaeger(): Promise<JaegerServer> {
  const program = find();
  if (program === undefined) throw new MissingServerError(MESSAGE);
  const folder = await temporaryFolder('jaeger');
  const ports = { http: await freePort(), grpc: await freePort(), otlp: await freePort() };
  const [agentPort, thriftPort] = [await freePort(), await freePort()];
  const file = join(folder, 'jaeger.json');
  const at = (port: number) => ({ endpoint: `127.0.0.1:${port}` });
  const config = {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query'],
      pipelines: { traces: { receivers: ['otlp', 'jaeger'], exporters: ['jaeger_storage_exporter'] } },
      telemetry: { metrics: { level: 'none' }, logs: { level: 'warn' } },
    },
    extensions: {
      jaeger_query: { storage: { traces: 'memory' }, http: at(ports.http), grpc: at(ports.grpc) },
      jaeger_storage: { backends: { memory: { memory: { max_traces: 10_000 } } } },
    },
    receivers: {
      otlp: { protocols: { http: at(ports.otlp) } },
      jaeger: { protocols: { thrift_binary: at(agentPort), thrift_http: at(thriftPort) } },
    },
    exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
  };
  await writeFile(file, JSON.stringify(config));
  const query = `http://127.0.0.1:${ports.http}`;
  const child = await startChild([program, '--config', file], folder, async () => {
    const answer = await fetch(`${query}/api/services`);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
  });
  return {
    query,
    otlp: `http://127.0.0.1:${ports.otlp}`,
    agentPort,
    collector: `http://127.0.0.1:${thriftPort}/api/traces`,
    stop: child.stop,
  };
}
