/** How the services know of each other, and what they do when one fails. */
import { dashboard } from './dashboard.ts';
import { NONE_IS_GOOD, stat, stateTimeline, timeSeries } from './panel.ts';

export const resilience = dashboard({
  uid: 'wordcloud-resilience',
  title: 'Word cloud · Gossip and resilience',
  description: 'Kill an instance and watch: the gossip notices, breakers open, retries help, and all closes again.',
  rows: [
    {
      title: 'Gossip: who is there',
      panels: [
        stat({
          title: 'Members',
          description: 'As most see it: nodes that answer probes.',
          unit: 'short',
          queries: [['quantile(0.5, gossip_members{state="alive"})', '']],
          width: 4,
        }),
        stat({
          title: 'Disagreement',
          description:
            'How many members one instance sees more than another. News needs a second to get around; longer means a cut network.',
          unit: 'short',
          queries: [['max(gossip_members{state="alive"}) - min(gossip_members{state="alive"})', '']],
          steps: NONE_IS_GOOD,
          width: 4,
        }),
        stat({
          title: 'Suspected',
          description: 'Members that somebody accuses at this moment. They have some seconds to say that they live.',
          unit: 'short',
          queries: [['max(gossip_members{state="suspect"})', '']],
          steps: NONE_IS_GOOD,
          width: 4,
        }),
        stat({
          title: 'Worst health',
          description:
            'Lifeguard: who gets no answers doubts itself first, and waits longer before it accuses others. 0 is well, 8 the worst.',
          unit: 'short',
          queries: [['max(gossip_health_score)', '']],
          steps: NONE_IS_GOOD,
          width: 4,
        }),
        stat({
          title: 'News that wait',
          description: 'News that instances still pass on to others.',
          unit: 'short',
          queries: [['max(gossip_queued_broadcasts)', '']],
          width: 4,
        }),
        stat({
          title: 'Registries away',
          description: 'Instances that have lost a registry and go on with what they knew last.',
          unit: 'short',
          queries: [['count(discovery_registry_up == 0) or vector(0)', '']],
          steps: NONE_IS_GOOD,
          width: 4,
        }),
        timeSeries({
          title: 'Members as each instance sees them',
          description: 'All lines should lie on each other. One that leaves the others is cut off.',
          unit: 'short',
          queries: [['gossip_members{state="alive"}', '{{instance_id}}']],
          width: 8,
        }),
        timeSeries({
          title: 'Instances by service and status',
          description:
            'What clients choose from, as most see it. suspect: gets no calls; draining: finishes what it has and gets nothing new.',
          unit: 'short',
          queries: [['max by (target, status) (discovery_instances)', '{{target}} {{status}}']],
          width: 8,
        }),
        timeSeries({
          title: 'Accused and refuted',
          description:
            'Accusations of members that did not answer, and members that said that they live. A crash is accused and not refuted.',
          unit: 'ops',
          queries: [
            ['sum(rate(gossip_suspicions_total[$__rate_interval]))', 'accused'],
            ['sum(rate(gossip_refutations_total[$__rate_interval]))', 'refuted'],
            ['sum(rate(gossip_rejoins_total[$__rate_interval]))', 'sought again'],
            ['sum(rate(gossip_tcp_only_probes_total[$__rate_interval]))', 'reached by TCP only'],
          ],
          width: 8,
        }),
        timeSeries({
          title: 'Probes, 99 of 100',
          description: 'Time until a probed member answers, and to exchange the whole list with another one.',
          unit: 's',
          queries: [
            ['histogram_quantile(0.99, sum by (le) (rate(gossip_probe_seconds_bucket[$__rate_interval])))', 'probe'],
            [
              'histogram_quantile(0.99, sum by (le) (rate(gossip_sync_seconds_bucket[$__rate_interval])))',
              'whole list',
            ],
          ],
          width: 8,
        }),
        timeSeries({
          title: 'Bytes of the gossip',
          description:
            'Of one instance on average: what knowing each other costs. It does not grow with the number of members.',
          unit: 'Bps',
          queries: [
            [
              'avg by (transport, direction) (rate(gossip_bytes_total[$__rate_interval]))',
              '{{transport}} {{direction}}',
            ],
          ],
          width: 8,
        }),
        timeSeries({
          title: 'Packets and news',
          description:
            'UDP packets of one instance on average, and the news that they carry. Rejected ones come with another key, or from others altogether.',
          unit: 'pps',
          queries: [
            ['avg by (direction) (rate(gossip_packets_total[$__rate_interval]))', 'packets {{direction}}'],
            ['avg by (kind) (rate(gossip_news_total[$__rate_interval]))', 'news: {{kind}}'],
            ['avg(rate(gossip_packets_rejected_total[$__rate_interval]))', 'rejected'],
            ['avg(rate(gossip_degraded_probes_total[$__rate_interval]))', 'probes while unwell'],
          ],
          width: 8,
        }),
      ],
    },
    {
      title: 'Breakers and retries: calls that fail',
      panels: [
        stateTimeline({
          title: 'Breakers',
          description:
            'Of each caller for each instance that it calls. Open: it gets no calls; half open: one call tries whether it has recovered.',
          unit: 'none',
          queries: [
            ['max by (service, instance_id, instance) (rpc_client_breaker_state)', '{{instance_id}} → {{instance}}'],
          ],
          states: { 0: ['closed', 'green'], 1: ['half open', 'orange'], 2: ['open', 'red'] },
          width: 12,
        }),
        timeSeries({
          title: 'Changes of breakers',
          description:
            'By the state that began. Open, half open, closed: a failure that was overcome. Open and half open again and again: one that lasts.',
          unit: 'ops',
          queries: [
            [
              'sum by (service, id, state) (rate(goresilience_circuitbreaker_state_changes_total[$__rate_interval]))',
              '{{service}} → {{id}}: {{state}}',
            ],
          ],
          width: 12,
        }),
        timeSeries({
          title: 'Calls sent again',
          description:
            'Share of the calls. Retries are for single failures: a budget ends them at a fifth, so that they do not bring down what is weak.',
          unit: 'percentunit',
          queries: [
            ['service_target:rpc_retries:rate2m / (service_target:rpc_calls:rate2m > 0)', '{{service}} → {{target}}'],
          ],
          limit: 0.1,
          width: 8,
        }),
        timeSeries({
          title: 'Calls that fail all the same',
          description: 'Share of the calls that got no good answer after all retries.',
          unit: 'percentunit',
          queries: [
            ['service_target:rpc_failures:rate2m / (service_target:rpc_calls:rate2m > 0)', '{{service}} → {{target}}'],
          ],
          limit: 0.1,
          width: 8,
        }),
        timeSeries({
          title: 'Calls that find nobody',
          description:
            'unknown: no instance is a member; refusing: the breakers of all are open, or all are about to end. Hedges: reads sent twice, the first answer counts.',
          unit: 'ops',
          queries: [
            [
              'sum by (service, target, reason) (rate(rpc_client_no_instance_total[$__rate_interval]))',
              '{{service}} → {{target}}: {{reason}}',
            ],
            ['sum(rate(rpc_client_hedges_total[$__rate_interval]))', 'hedges'],
          ],
          width: 8,
        }),
      ],
    },
    {
      title: 'Bulkheads and limits: more than can be taken',
      panels: [
        timeSeries({
          title: 'Bulkheads: places taken',
          description:
            'Share of the places of each bulkhead that are taken, in the fullest instance. At 1, work waits; that of others goes on.',
          unit: 'percentunit',
          queries: [['max by (service, id) (bulkhead_running / bulkhead_places)', '{{service}}: {{id}}']],
          max: 1,
          width: 6,
        }),
        timeSeries({
          title: 'Bulkheads: waiting',
          description: 'Work that waits for a place.',
          unit: 'short',
          queries: [['sum by (service, id) (bulkhead_waiting)', '{{service}}: {{id}}']],
          width: 6,
        }),
        timeSeries({
          title: 'Bulkheads: refused',
          description:
            'Work that came, and work that was refused with OVERLOADED: the queue was full, or the wait too long.',
          unit: 'ops',
          queries: [
            ['sum by (id) (rate(goresilience_bulkhead_queued_total[$__rate_interval]))', '{{id}}: came'],
            ['sum by (id) (rate(goresilience_bulkhead_processed_total[$__rate_interval]))', '{{id}}: begun'],
            ['sum by (id) (rate(bulkhead_full_total[$__rate_interval]))', '{{id}}: full'],
            ['sum by (id) (rate(goresilience_bulkhead_timeouts_total[$__rate_interval]))', '{{id}}: waited too long'],
          ],
          width: 6,
        }),
        timeSeries({
          title: 'Rate limits',
          description:
            'Decisions by scope and outcome, and who decided: Redis for all instances together, or each by itself while Redis is away.',
          unit: 'reqps',
          queries: [
            [
              'sum by (scope, outcome, backend) (rate(rate_limiter_decisions_total[$__rate_interval]))',
              '{{scope}} {{outcome}} by {{backend}}',
            ],
          ],
          width: 6,
        }),
        stateTimeline({
          title: 'Redis decides',
          description:
            'Whether Redis answers the limiter of each instance. Away: each limits by itself, and nobody is refused for that.',
          unit: 'none',
          queries: [['rate_limiter_redis_up', '{{instance_id}}']],
          states: { 0: ['away', 'red'], 1: ['up', 'green'] },
          width: 12,
        }),
        timeSeries({
          title: 'Sign-ins',
          description:
            'By outcome. Many BAD_CREDENTIALS: somebody guesses; TOO_MANY_ATTEMPTS: and is kept from it. Refreshes go on with a session.',
          unit: 'ops',
          queries: [
            ['sum by (outcome) (rate(sign_ins_total[$__rate_interval]))', 'sign-in: {{outcome}}'],
            ['sum by (outcome) (rate(session_refreshes_total[$__rate_interval]))', 'refresh: {{outcome}}'],
          ],
          width: 12,
        }),
      ],
    },
  ],
});
