/**
 * Sends the progress of an attempt on its way: the newest state only, one report at a time, and again every few seconds
 * while nothing changes, since each report renews the lease. A report that is refused ends the attempt.
 */
import { isProblem, type Progress } from '@wordcloud/contracts';
import type { ProgressReporter } from './ports.ts';

/** Well below the lease, so that two reports may get lost. */
const HEARTBEAT_MS = 3_000;

export interface FollowedProgress {
  /** Aborts when the caller's signal does, or when the task service says that the attempt is no longer wanted. */
  signal: AbortSignal;
  set(progress: Progress): void;
  /** Tells of a preview with the next report. */
  setPreview(key: string): void;
  stop(): void;
}

export function followProgress(
  reporter: ProgressReporter,
  parent: AbortSignal,
  heartbeatMs = HEARTBEAT_MS,
): FollowedProgress {
  const controller = new AbortController();
  const onParentAbort = () => controller.abort(parent.reason);
  if (parent.aborted) onParentAbort();
  else parent.addEventListener('abort', onParentAbort, { once: true });

  let current: Progress | undefined;
  let preview: string | undefined;
  let unsent = false;
  let sending = false;

  const send = async () => {
    if (sending || current === undefined || controller.signal.aborted) return;
    sending = true;
    try {
      while (unsent) {
        unsent = false;
        // Told once: a task service that does not know of previews would refuse each report, and the lease would end.
        const previewKey = preview;
        preview = undefined;
        await reporter.report(current, previewKey);
      }
    } catch (error) {
      // Anything else (the task service is away) only costs this report; the lease decides.
      if (isProblem(error, 'STALE_ATTEMPT', 'NOT_FOUND')) controller.abort(error);
    } finally {
      sending = false;
    }
  };
  const heartbeat = setInterval(() => {
    unsent = true;
    void send();
  }, heartbeatMs);

  return {
    signal: controller.signal,
    set(progress) {
      current = progress;
      unsent = true;
      void send();
    },
    setPreview(key) {
      preview = key;
      unsent = true;
      void send();
    },
    stop() {
      clearInterval(heartbeat);
      parent.removeEventListener('abort', onParentAbort);
      unsent = false;
    },
  };
}
