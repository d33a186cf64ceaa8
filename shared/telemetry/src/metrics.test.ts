import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

const plain = (service = 'wordcloud-seg') => createMetrics(service, { processMetrics: false });

describe('createMetrics', () => {
  it('requests – counted by route, operation and status, timed by route and operation, under names of go-doudou', async () => {
    const metrics = plain();
    metrics.observeRequest({ method: 'GET', route: '/tasks/:taskId', operation: 'getTask', status: 200 }, 0.02);
    metrics.observeRequest({ method: 'GET', route: '/tasks/:taskId', operation: 'getTask', status: 404 }, 0.2);
    const text = await metrics.registry.metrics();
    const labels = 'method="GET",path="/tasks/:taskId",operation="getTask"';
    expect(text).toContain(`go_doudou_http_request_count{${labels},status="200",service="wordcloud-seg"} 1`);
    expect(text).toContain(`go_doudou_http_request_count{${labels},status="404",service="wordcloud-seg"} 1`);
    expect(text).toMatch(/response_time_seconds_bucket\{le="0\.025",.*\} 1\n/);
    expect(text).toMatch(/response_time_seconds_sum\{.*\} 0\.22\n/);
  });

  it('calls of other services – timed by target, operation and outcome', async () => {
    const metrics = plain();
    metrics.observeCall({ service: 'wordcloud-task', operation: 'getTask', outcome: 'ok' }, 1);
    expect(await metrics.registry.metrics()).toContain(
      'duration_seconds_count{service="wordcloud-seg",target="wordcloud-task",operation="getTask",outcome="ok"} 1',
    );
  });

  it('several in one process – share nothing', async () => {
    const [one, other] = [plain('a'), plain('b')];
    one.observeRequest({ method: 'GET', route: '/', operation: '', status: 200 }, 1);
    expect(await other.registry.metrics()).not.toContain('service="a"');
  });

  it('measures of the process – unless turned off', async () => {
    const withProcess = createMetrics('a');
    expect(await withProcess.registry.metrics()).toContain('process_resident_memory_bytes{service="a"}');
    expect(await withProcess.registry.metrics()).toMatch(/event_loop_active_seconds_total\{service="a"\} 0\.\d+\n/);
    expect(await withProcess.registry.metrics()).toMatch(/process_memory_limit_bytes\{service="a"\} \d{8,}\n/);
    expect(await plain().registry.metrics()).not.toMatch(/process_|event_loop/);
    withProcess.registry.clear();
  });
});
