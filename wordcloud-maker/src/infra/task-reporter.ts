/** Reports progress to the task service. */
import type { taskContract } from '@wordcloud/contracts';
import type { Client } from '@wordcloud/rpc';
import type { MakeJob } from '../domain/make-cloud.ts';
import type { MakeContext, ProgressReporter } from '../domain/ports.ts';

export function createTaskReporter(tasks: Client<typeof taskContract>) {
  return ({ taskId, attempt }: MakeJob, { requestId, signal, trace }: MakeContext): ProgressReporter => ({
    async report(progress, previewKey) {
      const body = { progress, ...(previewKey !== undefined && { previewKey }) };
      const context = { requestId, signal, ...(trace && { trace }) };
      await tasks.reportProgress({ params: { taskId, attempt }, body }, context);
    },
  });
}
