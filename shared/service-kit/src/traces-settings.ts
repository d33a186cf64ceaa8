/** The settings of traces, the same for every process that takes part in them, and what is opened with them. */
import { hostname } from 'node:os';
import { createTracing, type Logger, type Tracing } from '@wordcloud/telemetry';
import { type Config, ConfigError } from './config.ts';
import { choice, integer, ratio, secret, text } from './settings.ts';

export function tracesSettings() {
  return {
    tracesExporter: choice({
      env: 'TRACES_EXPORTER',
      values: ['none', 'otlp', 'jaeger'],
      default: 'none',
      description:
        'where traces go; otlp: to the collector at OTEL_EXPORTER_OTLP_ENDPOINT; jaeger: to Jaeger in its own format, through jaeger-client',
    }),
    tracesEndpoint: text({
      env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      default: 'http://127.0.0.1:4318',
      description: 'base address of the collector, OTLP over HTTP',
    }),
    tracesRatio: ratio({
      env: 'OTEL_TRACES_SAMPLER_ARG',
      default: 0.05,
      description: 'share of the traces beginning here that are recorded',
    }),
    jaegerAgentHost: text({
      env: 'JAEGER_AGENT_HOST',
      default: '127.0.0.1',
      description: 'where Jaeger takes spans over UDP, for TRACES_EXPORTER=jaeger',
    }),
    jaegerAgentPort: integer({
      env: 'JAEGER_AGENT_PORT',
      default: 6832,
      minimum: 1,
      maximum: 65535,
      description: 'UDP port of Jaeger for Thrift in binary',
    }),
    // It may hold a password.
    jaegerEndpoint: secret({
      env: 'JAEGER_ENDPOINT',
      minLength: 8,
      optional: true,
      description: "address of Jaeger's collector, as http://jaeger:14268/api/traces: over HTTP instead of UDP",
    }),
  };
}

/** @throws ConfigError when an address is no URL of http or https */
export function openTracing(
  service: string,
  config: Config<ReturnType<typeof tracesSettings>>,
  logger: Logger,
): Tracing {
  const { tracesExporter, tracesEndpoint, tracesRatio, jaegerAgentHost, jaegerAgentPort, jaegerEndpoint } = config;
  try {
    return createTracing({
      service,
      instance: `${hostname()}:${process.pid}`,
      exporter: tracesExporter,
      endpoint: tracesEndpoint,
      jaeger: { agentHost: jaegerAgentHost, agentPort: jaegerAgentPort, endpoint: jaegerEndpoint },
      sampleRatio: tracesRatio,
      logger,
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ConfigError(`TRACES_EXPORTER is ${tracesExporter}: ${error.message}`);
  }
}
