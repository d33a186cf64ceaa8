import { createLogger } from '@wordcloud/telemetry';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';
import { openTracing, tracesSettings } from './traces-settings.ts';

const open = (env: Record<string, string>) =>
  openTracing('test', loadConfig(tracesSettings(), env), createLogger({ service: 'test', level: 'silent' }));

describe('openTracing', () => {
  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['OTLP', { TRACES_EXPORTER: 'otlp' }],
    ['Jaeger over UDP', { TRACES_EXPORTER: 'jaeger' }],
    ['Jaeger over HTTP', { TRACES_EXPORTER: 'jaeger', JAEGER_ENDPOINT: 'http://jaeger:14268/api/traces' }],
    ['nothing, whatever else is set', { JAEGER_ENDPOINT: 'nonsense' }],
  ])('%s – opened; one that exports nothing records nothing', async (_, env) => {
    const tracing = open({ OTEL_TRACES_SAMPLER_ARG: '1', ...env });
    expect(tracing.startServer('GET /', {}).sampled).toBe('TRACES_EXPORTER' in env);
    await tracing.shutdown();
  });

  it.each([
    [{ TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_ENDPOINT: 'jaeger:4318' }, 'must begin with http'],
    [{ TRACES_EXPORTER: 'jaeger', JAEGER_ENDPOINT: 'ftp://ada:secret@jaeger' }, 'must begin with http'],
    [{ TRACES_EXPORTER: 'zipkin' }, 'jaeger'],
    [{ JAEGER_AGENT_PORT: '0' }, 'JAEGER_AGENT_PORT'],
  ])('%o – refused in a sentence, which tells no secret', (env, sentence) => {
    expect(() => open(env)).toThrow(ConfigError);
    expect(() => open(env)).toThrow(sentence);
    expect(() => open(env)).not.toThrow('secret');
  });
});
