/** The life of a task, from left to right and from top to bottom: it comes in, waits, is made, ends. */
import { dashboard, tracesLink } from './dashboard.ts';
import { heatmap, NONE_IS_GOOD, stat, timeSeries } from './panel.ts';

const quantile = (share: number, buckets: string, by = 'le') =>
  `histogram_quantile(${share}, sum by (${by}) (rate(${buckets}[$__rate_interval])))`;

export const tasks = dashboard({
  uid: 'wordcloud-tasks',
  title: 'Word cloud · Life of a task',
  description: 'A text comes in, waits, is made into a cloud, and ends. Read it from the top: where does it stop?',
  links: [tracesLink('Traces of the makers', 'wordcloud-maker')],
  rows: [
    {
      title: '1 · It comes in (wordcloud-bff)',
      panels: [
        timeSeries({
          title: 'Uploads by answer',
          description:
            '202: accepted, and nothing of it can be lost any more; 201: accepted and waited for; 413: too large; 415: no text; 429: too many.',
          unit: 'reqps',
          queries: [
            [
              'sum by (status) (rate(go_doudou_http_request_count{service="wordcloud-bff", operation="createCloud"}[$__rate_interval]))',
              '{{status}}',
            ],
          ],
          isStacked: true,
          width: 8,
        }),
        timeSeries({
          title: 'Bytes of accepted texts',
          description: 'How much text comes in each second.',
          unit: 'Bps',
          queries: [['sum(rate(upload_text_bytes_sum[$__rate_interval]))', 'texts']],
          width: 8,
        }),
        timeSeries({
          title: 'Pages that watch',
          description: 'Open event streams: pages that see their tasks move. They cost next to nothing.',
          unit: 'short',
          queries: [['sum(event_streams_open)', 'streams']],
          width: 8,
        }),
      ],
    },
    {
      title: '2 · It waits (wordcloud-task)',
      panels: [
        timeSeries({
          title: 'Tasks by state',
          description:
            'waiting: in the queue; processing: leased to a dispatcher; parked: an attempt failed, the next begins after a pause.',
          unit: 'short',
          queries: [['max by (state) (task_count{state=~"waiting|processing|parked"})', '{{state}}']],
          isStacked: true,
          width: 8,
        }),
        timeSeries({
          title: 'Age of the first in the queue',
          description: 'How long the one that is next has waited. When it rises steadily, less is made than comes in.',
          unit: 's',
          queries: [['max(task_oldest_waiting_seconds)', 'age']],
          limit: 60,
          width: 8,
        }),
        heatmap({
          title: 'Wait until the first attempt',
          description:
            'Each column: how many tasks waited how long. A dispatcher asks for work all the time, so an idle system begins at once.',
          unit: 's',
          queries: [['sum by (le) (increase(task_wait_seconds_bucket[$__rate_interval]))', '{{le}}']],
          width: 8,
        }),
      ],
    },
    {
      title: '3 · It is made (wordcloud-maker, wordcloud-seg)',
      panels: [
        timeSeries({
          title: 'Attempts',
          description:
            'Begun: handed to a dispatcher with a lease. Parked: failed, tried again later. Lease ended: whoever had it vanished. Both go back into the queue.',
          unit: 'ops',
          queries: [
            ['sum(rate(task_leased_total[$__rate_interval]))', 'begun'],
            ['sum(rate(task_parked_total[$__rate_interval]))', 'parked'],
            ['sum(rate(task_lease_expired_total[$__rate_interval]))', 'lease ended'],
          ],
          width: 8,
        }),
        timeSeries({
          title: 'Stages, 95 of 100',
          description:
            'segment: counting the words, in seg; layout: finding a place for each; draw: the picture. Their sum is not the total: reading and storing come on top.',
          unit: 's',
          queries: [[quantile(0.95, 'cloud_stage_seconds_bucket', 'stage, le'), '{{stage}}']],
          width: 8,
        }),
        timeSeries({
          title: 'Attempts by maker',
          description:
            'Whether all makers get their share. The bff prefers the less loaded of two that it picks by chance.',
          unit: 'reqps',
          queries: [
            [
              'sum by (instance_id) (rate(go_doudou_http_request_count{service="wordcloud-maker", operation="make"}[$__rate_interval]))',
              '{{instance_id}}',
            ],
          ],
          isStacked: true,
          width: 8,
        }),
        timeSeries({
          title: 'Words',
          description: 'Counted in the texts, different ones, and drawn into clouds, each second.',
          unit: 'ops',
          queries: [['sum by (kind) (rate(cloud_words_total[$__rate_interval]))', '{{kind}}']],
          width: 8,
        }),
        timeSeries({
          title: 'Texts by language',
          description: 'As seg recognised them, or as their owners said.',
          unit: 'ops',
          queries: [['sum by (lang) (rate(seg_texts_total[$__rate_interval]))', '{{lang}}']],
          isStacked: true,
          width: 8,
        }),
        timeSeries({
          title: 'Speed of counting',
          description:
            'Bytes and words that each busy second of a seg thread gets through. Chinese takes longer than English.',
          unit: 'short',
          queries: [
            [
              'sum(rate(seg_text_bytes_total[$__rate_interval])) / sum(rate(worker_pool_busy_seconds_total{service="wordcloud-seg"}[$__rate_interval]))',
              'bytes',
            ],
            [
              'sum(rate(seg_words_total[$__rate_interval])) / sum(rate(worker_pool_busy_seconds_total{service="wordcloud-seg"}[$__rate_interval]))',
              'words',
            ],
          ],
          width: 8,
        }),
      ],
    },
    {
      title: '4 · It ends (wordcloud-task)',
      panels: [
        stat({
          title: 'Succeeded',
          description: 'In the last hour.',
          unit: 'short',
          queries: [['sum(increase(task_finished_total{outcome="succeeded"}[1h]))', '']],
          decimals: 0,
          width: 4,
        }),
        stat({
          title: 'Failed, our fault',
          description:
            'In the last hour, after all attempts, with a code that says that something of ours did not work.',
          unit: 'short',
          queries: [
            [
              'sum(increase(task_finished_total{outcome="failed", code=~"INTERNAL|BAD_ANSWER|UNAVAILABLE|OVERLOADED|NO_INSTANCE|SHUTTING_DOWN|DEADLINE_EXCEEDED|GAVE_UP"}[1h]))',
              '',
            ],
          ],
          steps: NONE_IS_GOOD,
          decimals: 0,
          width: 4,
        }),
        stat({
          title: 'Attempts for each task',
          description: 'In the last hour. 1 is as it should be; more means that attempts fail or their makers die.',
          unit: 'short',
          queries: [['sum(increase(task_leased_total[1h])) / (sum(increase(task_finished_total[1h])) > 0)', '']],
          steps: [
            [null, 'green'],
            [1.2, 'orange'],
            [2, 'red'],
          ],
          decimals: 2,
          width: 4,
        }),
        stat({
          title: 'Upload to cloud, half of them',
          description: 'Half of the tasks of the last hour took less than this from the upload to the cloud.',
          unit: 's',
          queries: [
            [
              'histogram_quantile(0.5, sum by (le) (increase(task_duration_seconds_bucket{outcome="succeeded"}[1h])))',
              '',
            ],
          ],
          decimals: 1,
          width: 4,
        }),
        stat({
          title: 'Upload to cloud, 95 of 100',
          description: '95 of 100 tasks of the last hour took less than this.',
          unit: 's',
          queries: [
            [
              'histogram_quantile(0.95, sum by (le) (increase(task_duration_seconds_bucket{outcome="succeeded"}[1h])))',
              '',
            ],
          ],
          decimals: 1,
          width: 4,
        }),
        stat({
          title: 'Kept',
          description: 'Clouds that can be looked at now: tasks that succeeded and were not deleted.',
          unit: 'short',
          queries: [['max(task_count{state="succeeded"})', '']],
          width: 4,
        }),
        timeSeries({
          title: 'Outcomes by code',
          description:
            'EMPTY_TEXT, NOT_TEXT, BAD_MASK and the like are the fault of the text or the options; GAVE_UP, UNAVAILABLE and others of the system.',
          unit: 'ops',
          queries: [['sum by (outcome, code) (rate(task_finished_total[$__rate_interval]))', '{{outcome}} {{code}}']],
          isStacked: true,
          width: 12,
        }),
        heatmap({
          title: 'From upload to end',
          description:
            'Each column: how many tasks took how long in all, the wait included. Tasks that their owners had made once more are left out.',
          unit: 's',
          queries: [['sum by (le) (increase(task_duration_seconds_bucket[$__rate_interval]))', '{{le}}']],
          width: 12,
        }),
      ],
    },
  ],
});
