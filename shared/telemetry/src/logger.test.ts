import { describe, expect, it } from 'vitest';
import { inStep } from './active-step.ts';
import { createLogger, type LogLevel } from './logger.ts';
import { createTracing } from './tracing.ts';

function logTo(lines: string[], level?: LogLevel) {
  const destination = { write: (line: string) => void lines.push(line) };
  return createLogger({ service: 'test', destination, ...(level && { level }) });
}

describe('createLogger', () => {
  it('a line – JSON with time, level by name, service, fields and message', () => {
    const lines: string[] = [];
    logTo(lines).info({ taskId: 't' }, 'made');
    const { time, ...rest } = JSON.parse(lines[0]!) as Record<string, unknown>;
    expect(rest).toEqual({ level: 'info', service: 'test', taskId: 't', msg: 'made' });
    expect(new Date(time as string).toISOString()).toBe(time);
  });

  it('within a recorded step – its ids, also by a child; elsewhere none', async () => {
    const spanExporter = { export: () => {}, shutdown: async () => {} };
    const tracing = createTracing({ service: 'a', exporter: 'none', sampleRatio: 1, spanExporter });
    const lines: string[] = [];
    const log = logTo(lines);
    const { traceId, spanId, ...context } = tracing.startServer('GET /', {});
    inStep(tracing, { traceId, spanId, ...context }, () => {
      log.info({ taskId: 't' }, 'one');
      log.child({ requestId: 'r' }).info('two');
    });
    log.info('three');
    const ids = lines.map((line) => {
      const fields = JSON.parse(line) as Record<string, unknown>;
      return [fields.msg, fields.traceId, fields.spanId, fields.taskId ?? fields.requestId];
    });
    expect(ids).toEqual([
      ['one', traceId, spanId, 't'],
      ['two', traceId, spanId, 'r'],
      ['three', undefined, undefined, undefined],
    ]);
    context.span?.end();
  });

  it('secrets – never written, one or two levels deep, nor by a child', () => {
    const lines: string[] = [];
    const log = logTo(lines);
    const secret = 'do not tell';
    const names = [
      'password',
      'accessToken',
      'refreshToken',
      'serviceToken',
      'secretKey',
      'authorization',
      'cookie',
      'set-cookie',
    ];
    for (const name of names) {
      log.info({ [name]: secret }, 'flat');
      log.info({ body: { [name]: secret } }, 'one deep');
      log.info({ request: { headers: { [name]: secret } } }, 'two deep');
      log.child({ requestId: 'r' }).warn({ body: { [name]: secret } }, 'child');
      log.child({ [name]: secret }).warn('bound');
    }
    expect(lines).toHaveLength(5 * names.length);
    expect(lines.join('')).not.toContain(secret);
    expect(lines[0]).toContain('[redacted]');
  });

  it('less severe than the level – not written', () => {
    const lines: string[] = [];
    const log = logTo(lines, 'warn');
    log.info('no');
    log.warn('yes');
    logTo(lines, 'silent').fatal('no');
    expect(lines).toHaveLength(1);
  });
});
