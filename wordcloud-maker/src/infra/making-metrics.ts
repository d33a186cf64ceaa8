/** Measures the making of clouds: where the time goes, and how many words there are. */
import { Counter, DURATION_BUCKETS, Histogram, type Metrics } from '@wordcloud/telemetry';
import type { MakeCloud } from '../domain/make-cloud.ts';

/** @returns the same, measured; what fails is seen in the tasks' outcomes */
export function measureMaking(makeCloud: MakeCloud, { registry }: Pick<Metrics, 'registry'>): MakeCloud {
  const registers = [registry];
  const seconds = new Histogram({
    name: 'cloud_stage_seconds',
    help: 'Time of a stage in making a cloud (segment, layout, draw), and of all together (total)',
    labelNames: ['stage'],
    buckets: DURATION_BUCKETS,
    registers,
  });
  const words = new Counter({
    name: 'cloud_words_total',
    help: 'Words of the texts that were made into clouds: counted, different ones (distinct), and drawn (placed)',
    labelNames: ['kind'],
    registers,
  });
  return async (job, context) => {
    const reply = await makeCloud(job, context);
    const { tokens, distinct, placed, ms } = reply.stats;
    for (const [stage, time] of Object.entries(ms)) seconds.observe({ stage }, time / 1000);
    words.inc({ kind: 'counted' }, tokens);
    words.inc({ kind: 'distinct' }, distinct);
    words.inc({ kind: 'placed' }, placed);
    return reply;
  };
}
