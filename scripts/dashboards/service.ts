/** One service, looked at from all sides: what it is asked, whom it asks, its threads and its processes. */
import { dashboard, tracesLink } from './dashboard.ts';
import { stat, stateTimeline, table, timeSeries } from './panel.ts';

const ME = 'service="$service", instance_id=~"$instance"';
const SERVED = `operation!="", ${ME}`;
/** What waits for news: how long that takes says nothing. */
const WAITING = 'leaseTasks|listChanges|listRevocations|getEvents';

export const service = dashboard({
  uid: 'wordcloud-service',
  title: 'Word cloud · Service',
  description:
    'One service from all sides. Choose it above; choose an instance to see whether one differs from the others.',
  variables: [
    {
      name: 'service',
      label: 'Service',
      description: 'Which of the five',
      query: 'label_values(up{job="wordcloud"}, service)',
    },
    {
      name: 'instance',
      label: 'Instance',
      description: 'One of its processes, or all',
      query: 'label_values(up{job="wordcloud", service="$service"}, instance_id)',
      isMulti: true,
    },
  ],
  links: [tracesLink('Traces of this service', '$service')],
  rows: [
    {
      title: 'Health',
      panels: [
        stat({
          title: 'Instances',
          description: 'Processes that answer.',
          unit: 'short',
          queries: [['count(up{job="wordcloud", service="$service"} == 1) or vector(0)', '']],
          steps: [
            [null, 'red'],
            [1, 'green'],
          ],
          width: 4,
        }),
        stat({
          title: 'Youngest process',
          description: 'When the last one started. "A few seconds ago" again and again is a crash loop.',
          unit: 'dateTimeFromNow',
          queries: [[`max(process_start_time_seconds{job="wordcloud", ${ME}}) * 1000`, '']],
          width: 4,
        }),
        stateTimeline({
          title: 'What it needs',
          description:
            'What the service says of its database, its object store and the services that it calls, for each instance. Red: it takes no requests.',
          unit: 'bool_yes_no',
          queries: [[`readiness_check_up{${ME}}`, '{{check}} · {{instance_id}}']],
          states: { 0: ['away', 'red'], 1: ['works', 'green'] },
          width: 16,
        }),
      ],
    },
    {
      title: 'What it is asked',
      panels: [
        timeSeries({
          title: 'Requests by operation',
          description: 'Each second. Names are those of the API document at /go-doudou/doc.',
          unit: 'reqps',
          queries: [
            [`sum by (operation) (rate(go_doudou_http_request_count{${SERVED}}[$__rate_interval]))`, '{{operation}}'],
          ],
          isStacked: true,
          width: 8,
        }),
        timeSeries({
          title: 'Answers that refuse or fail',
          description:
            '4xx: the fault is that of who asks; 5xx: it is ours. 429 is the rate limit, 503 a missing service or a full bulkhead.',
          unit: 'reqps',
          queries: [
            [
              `sum by (operation, status) (rate(go_doudou_http_request_count{status=~"[45]..", ${ME}}[$__rate_interval]))`,
              '{{status}} {{operation}}',
            ],
          ],
          width: 8,
        }),
        timeSeries({
          title: 'Duration, 99 of 100, by operation',
          description:
            'What waits for news by its nature is left out. `make` and `segment` work on a whole text and may take seconds.',
          unit: 's',
          queries: [
            [
              `histogram_quantile(0.99, sum by (operation, le) (rate(go_doudou_http_response_time_seconds_bucket{operation!~"${WAITING}", ${SERVED}}[$__rate_interval])))`,
              '{{operation}}',
            ],
          ],
          width: 8,
        }),
        table({
          title: 'Operations in the last hour',
          description: 'How often each was called, how long it took on average, and how often it failed by our fault.',
          unit: 'short',
          queries: [
            [`sum by (operation) (increase(go_doudou_http_request_count{${SERVED}}[1h]))`, ''],
            [
              `sum by (operation) (increase(go_doudou_http_response_time_seconds_sum{${SERVED}}[1h])) / sum by (operation) (increase(go_doudou_http_response_time_seconds_count{${SERVED}}[1h]))`,
              '',
            ],
            [
              `sum by (operation) (increase(go_doudou_http_request_count{status=~"5..", ${SERVED}}[1h])) or 0 * sum by (operation) (increase(go_doudou_http_request_count{${SERVED}}[1h]))`,
              '',
            ],
          ],
          columns: [
            ['operation', 'Operation'],
            ['Value #A', 'Requests'],
            ['Value #B', 'Average', 's'],
            ['Value #C', 'Failed'],
          ],
          width: 24,
        }),
      ],
    },
    {
      title: 'Whom it asks',
      panels: [
        timeSeries({
          title: 'Calls',
          description: 'Calls of other services, after all retries, each second.',
          unit: 'reqps',
          queries: [
            [
              `sum by (target, operation) (rate(rpc_client_call_duration_seconds_count{${ME}}[$__rate_interval]))`,
              '{{target}} {{operation}}',
            ],
          ],
          isStacked: true,
          width: 8,
        }),
        timeSeries({
          title: 'Calls that fail',
          description:
            'By error code. NOT_FOUND and the like are answers, not failures of the service that was called.',
          unit: 'reqps',
          queries: [
            [
              `sum by (target, outcome) (rate(rpc_client_call_duration_seconds_count{outcome!="ok", ${ME}}[$__rate_interval]))`,
              '{{outcome}} {{target}}',
            ],
          ],
          width: 8,
        }),
        timeSeries({
          title: 'Duration of calls, 99 of 100',
          description:
            'As the caller sees it: network, waiting for a place, retries and all. Compare with what the called service says of itself.',
          unit: 's',
          queries: [
            [
              `histogram_quantile(0.99, sum by (target, operation, le) (rate(rpc_client_call_duration_seconds_bucket{operation!~"${WAITING}", ${ME}}[$__rate_interval])))`,
              '{{target}} {{operation}}',
            ],
          ],
          width: 8,
        }),
      ],
    },
    {
      title: 'Worker threads (seg and maker)',
      panels: [
        timeSeries({
          title: 'Busy and waiting',
          description:
            'Threads that work, of those that there are, and tasks that wait for one. When all are busy and many wait, more are refused.',
          unit: 'short',
          queries: [
            [`sum(worker_pool_busy_threads{${ME}})`, 'busy'],
            [`sum(worker_pool_threads{${ME}})`, 'threads'],
            [`sum(worker_pool_queue_length{${ME}})`, 'tasks that wait'],
          ],
          width: 8,
        }),
        timeSeries({
          title: 'Average run',
          description: 'How long a thread works on one task: busy time by tasks, so without the wait.',
          unit: 's',
          queries: [
            [
              `sum by (instance_id) (rate(worker_pool_busy_seconds_total{${ME}}[$__rate_interval])) / sum by (instance_id) (rate(worker_pool_task_seconds_count{${ME}}[$__rate_interval]))`,
              '{{instance_id}}',
            ],
          ],
          width: 8,
        }),
        timeSeries({
          title: 'Tasks by end',
          description:
            'ok; refused: the text or the mask is at fault; cancelled: nobody waits any more, and the thread is made anew; failed; full: turned away.',
          unit: 'ops',
          queries: [
            [`sum by (end) (rate(worker_pool_task_seconds_count{${ME}}[$__rate_interval]))`, '{{end}}'],
            [`sum(rate(worker_pool_full_total{${ME}}[$__rate_interval]))`, 'full'],
          ],
          isStacked: true,
          width: 8,
        }),
      ],
    },
    {
      title: 'Processes',
      panels: [
        timeSeries({
          title: 'CPU',
          description: 'Cores that each process uses, all its threads together.',
          unit: 'short',
          queries: [[`rate(process_cpu_seconds_total{job="wordcloud", ${ME}}[$__rate_interval])`, '{{instance_id}}']],
          width: 6,
        }),
        timeSeries({
          title: 'Memory',
          description:
            'Resident memory, and the limit of the container (or of the machine), at which the process is killed.',
          unit: 'bytes',
          queries: [
            [`process_resident_memory_bytes{job="wordcloud", ${ME}}`, '{{instance_id}}'],
            [`max(process_memory_limit_bytes{${ME}})`, 'limit'],
          ],
          width: 6,
        }),
        timeSeries({
          title: 'Event loop lag',
          description:
            'How late the event loop is, in one turn of a hundred, and how busy it is all in all. Work on texts belongs into threads.',
          unit: 's',
          queries: [[`nodejs_eventloop_lag_p99_seconds{job="wordcloud", ${ME}}`, '{{instance_id}}']],
          limit: 0.2,
          width: 6,
        }),
        timeSeries({
          title: 'Garbage collection',
          description: 'Share of the time that collecting takes, by kind. Many major ones mean that memory is short.',
          unit: 'percentunit',
          queries: [
            [
              `sum by (kind) (rate(nodejs_gc_duration_seconds_sum{job="wordcloud", ${ME}}[$__rate_interval]))`,
              '{{kind}}',
            ],
          ],
          width: 6,
        }),
      ],
    },
  ],
});
