import { createMetrics } from '@wordcloud/telemetry';
import { expect, it } from 'vitest';
import { createChannelMetrics } from './channel-metrics.ts';

it('what channels tell – is counted under the names of the dashboards', async () => {
  const { registry } = createMetrics('me', { processMetrics: false });
  const metrics = createChannelMetrics({ registry });
  metrics.retried('seg');
  metrics.retried('seg');
  metrics.hedged('seg');
  metrics.lackedInstance('task', true);
  metrics.lackedInstance('task', false);
  metrics.lackedInstance('task', false);
  for (const state of ['open', 'half-open', 'open', 'half-open', 'closed'] as const) {
    metrics.breakerChanged('seg', 'seg-1', state);
  }
  metrics.breakerChanged('seg', 'seg-2', 'open');
  metrics.breakerChanged('seg', 'seg-3', 'half-open');
  metrics.breakerChanged('seg', 'seg-4', 'open');
  metrics.forgotten('seg', 'seg-4');
  metrics.forgotten('seg', 'never seen');
  const lines = (await registry.metrics()).split('\n').filter((line) => /^(gores|rpc_client_[^c])/.test(line));
  expect(lines.map((line) => line.replace('service="me",', '').replace(',service="me"', '')).toSorted()).toEqual([
    'goresilience_circuitbreaker_state_changes_total{id="seg",state="closed"} 1',
    'goresilience_circuitbreaker_state_changes_total{id="seg",state="halfopen"} 3',
    'goresilience_circuitbreaker_state_changes_total{id="seg",state="open"} 4',
    'goresilience_retry_retries_total{id="seg"} 2',
    'rpc_client_breaker_state{target="seg",instance="seg-1"} 0',
    'rpc_client_breaker_state{target="seg",instance="seg-2"} 2',
    'rpc_client_breaker_state{target="seg",instance="seg-3"} 1',
    'rpc_client_hedges_total{target="seg"} 1',
    'rpc_client_no_instance_total{target="task",reason="refusing"} 1',
    'rpc_client_no_instance_total{target="task",reason="unknown"} 2',
  ]);
});

it('an instance that nothing has happened to – stands at zero everywhere, so that a first event is a rise', async () => {
  const { registry } = createMetrics('me', { processMetrics: false });
  createChannelMetrics({ registry }).added('seg', 'seg-1');
  const lines = (await registry.metrics()).split('\n').filter((line) => /="seg"/.test(line));
  expect(lines.map((line) => line.replace(/,?service="me",?/, ''))).toEqual([
    'goresilience_retry_retries_total{id="seg"} 0',
    'rpc_client_hedges_total{target="seg"} 0',
    'rpc_client_no_instance_total{target="seg",reason="unknown"} 0',
    'rpc_client_no_instance_total{target="seg",reason="refusing"} 0',
    'goresilience_circuitbreaker_state_changes_total{id="seg",state="closed"} 0',
    'goresilience_circuitbreaker_state_changes_total{id="seg",state="halfopen"} 0',
    'goresilience_circuitbreaker_state_changes_total{id="seg",state="open"} 0',
    'rpc_client_breaker_state{target="seg",instance="seg-1"} 0',
  ]);
});
