/** What an operator wants to see first: is anything wrong, and where. */
import { dashboard } from './dashboard.ts';
import { NONE_IS_GOOD, stat, table, timeSeries } from './panel.ts';

export const overview = dashboard({
  uid: 'wordcloud-overview',
  title: 'Word cloud · Overview',
  description: 'Is all well? If not, where? Numbers first, then each service, then the work.',
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Alerts',
          description:
            'Alerts that fire now, those for information left out. The list below says which; docs/operations.md what to do.',
          unit: 'short',
          queries: [['count(ALERTS{alertstate="firing", severity!="info"}) or vector(0)', '']],
          steps: NONE_IS_GOOD,
          width: 4,
        }),
        stat({
          title: 'Instances',
          description: 'Processes of the five services that the gossip knows and that answer.',
          unit: 'short',
          queries: [['sum(service:instances_up:count)', '']],
          steps: [
            [null, 'red'],
            [5, 'green'],
          ],
          width: 4,
        }),
        stat({
          title: 'Requests at the door',
          description: 'Requests that pages and programs send to the bff, each second.',
          unit: 'reqps',
          queries: [['sum(service:http_requests:rate1m{service="wordcloud-bff"}) or vector(0)', '']],
          decimals: 1,
          width: 4,
        }),
        stat({
          title: 'Errors at the door',
          description: 'Share of the answers of the bff that say that the fault is ours (status 500 and above).',
          unit: 'percentunit',
          queries: [['service:http_errors:ratio_rate2m{service="wordcloud-bff"} or vector(0)', '']],
          steps: [
            [null, 'green'],
            [0.001, 'orange'],
            [0.05, 'red'],
          ],
          width: 4,
        }),
        stat({
          title: 'Tasks that wait',
          description:
            'Texts in the queue. A few are no matter; many that grow more mean that there are too few makers.',
          unit: 'short',
          queries: [['max(task_count{state="waiting"})', '']],
          steps: [
            [null, 'green'],
            [20, 'orange'],
            [200, 'red'],
          ],
          width: 4,
        }),
        stat({
          title: 'Clouds made',
          description: 'Tasks that succeeded in the last hour.',
          unit: 'short',
          queries: [['sum(increase(task_finished_total{outcome="succeeded"}[1h]))', '']],
          decimals: 0,
          width: 4,
        }),
        table({
          title: 'What fires',
          description:
            'Alerts, the critical ones first in importance. "About" is the service that is the likely cause.',
          unit: 'none',
          queries: [['ALERTS{alertstate="firing"}', '']],
          columns: [
            ['severity', 'Severity'],
            ['alertname', 'Alert'],
            ['about', 'About'],
            ['service', 'Seen by'],
            ['instance_id', 'Instance'],
          ],
          height: 6,
          width: 24,
        }),
      ],
    },
    {
      title: 'Services',
      panels: [
        timeSeries({
          title: 'Instances',
          description:
            'How many of each answer. A step down that nobody ordered is a crash; the gossip finds out within seconds.',
          unit: 'short',
          queries: [['service:instances_up:count', '{{service}}']],
          width: 6,
        }),
        timeSeries({
          title: 'Requests',
          description:
            'R of RED: requests to each service, each second; those of one to the bff become several behind it.',
          unit: 'reqps',
          queries: [['service:http_requests:rate1m', '{{service}}']],
          width: 6,
        }),
        timeSeries({
          title: 'Errors',
          description:
            'E of RED: share of the answers with a status from 500. The dashed line is where the alert begins.',
          unit: 'percentunit',
          queries: [['service:http_errors:ratio_rate2m', '{{service}}']],
          limit: 0.05,
          width: 6,
        }),
        timeSeries({
          title: 'Duration, 99 of 100',
          description:
            'D of RED: 99 of 100 requests are answered within this time. Long polls, streams, uploads and the work on texts do not count.',
          unit: 's',
          queries: [['service:http_response_seconds:p99_2m', '{{service}}']],
          limit: 1,
          width: 6,
        }),
      ],
    },
    {
      title: 'Work',
      panels: [
        timeSeries({
          title: 'Tasks by state',
          description:
            'waiting: in the queue; processing: somebody has a lease on it; parked: an attempt failed, the next begins after a pause.',
          unit: 'short',
          queries: [['max by (state) (task_count{state=~"waiting|processing|parked"})', '{{state}}']],
          isStacked: true,
          width: 8,
        }),
        timeSeries({
          title: 'Tasks that end',
          description:
            'Each second, by outcome. "failed" holds both the faults of texts and ours; the page of tasks tells them apart.',
          unit: 'ops',
          queries: [['sum by (outcome) (rate(task_finished_total[$__rate_interval]))', '{{outcome}}']],
          isStacked: true,
          width: 8,
        }),
        timeSeries({
          title: 'From upload to cloud',
          description: 'Time from accepting a text until its cloud is there: the wait in the queue and the making.',
          unit: 's',
          queries: [
            [quantile(0.5, 'task_duration_seconds_bucket{outcome="succeeded"}'), 'half of them'],
            [quantile(0.95, 'task_duration_seconds_bucket{outcome="succeeded"}'), '95 of 100'],
          ],
          width: 8,
        }),
      ],
    },
    {
      title: 'Processes',
      panels: [
        timeSeries({
          title: 'Event loops',
          description:
            'Share of the time in which the one thread that serves requests was busy. Above 0.8, everything it does waits.',
          unit: 'percentunit',
          queries: [['instance:event_loop_utilization:ratio_rate1m', '{{instance_id}}']],
          max: 1,
          width: 8,
        }),
        timeSeries({
          title: 'Worker threads',
          description:
            'Share of the time in which the threads that count words (seg) and draw (maker) were busy. At 1 for long, add instances.',
          unit: 'percentunit',
          queries: [['service:worker_utilization:ratio_rate2m', '{{service}}']],
          max: 1,
          width: 8,
        }),
        timeSeries({
          title: 'Memory',
          description:
            'Resident memory of each process. seg keeps its dictionaries, maker its fonts, once for each thread.',
          unit: 'bytes',
          queries: [['process_resident_memory_bytes{job="wordcloud"}', '{{instance_id}}']],
          width: 8,
        }),
      ],
    },
  ],
});

/** @param buckets a histogram, with its matchers */
function quantile(share: number, buckets: string): string {
  return `histogram_quantile(${share}, sum by (le) (rate(${buckets}[$__rate_interval])))`;
}
