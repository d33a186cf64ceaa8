import { setImmediate } from 'node:timers/promises';
import { ProblemError, type Progress } from '@wordcloud/contracts';
import { describe, expect, it, vi } from 'vitest';
import { followProgress } from './follow-progress.ts';

const at = (percent: number): Progress => ({ stage: 'layout', percent });
const HOUR = 3_600_000;

/** A reporter whose reports end when the test says so. */
function slowReporter() {
  const reports: { progress: Progress; end: PromiseWithResolvers<void> }[] = [];
  const report = (progress: Progress) => {
    const end = Promise.withResolvers<void>();
    reports.push({ progress, end });
    return end.promise;
  };
  return { reports, report };
}

describe('followProgress', () => {
  it('faster than reports travel – one at a time, then the newest only', async () => {
    const { reports, report } = slowReporter();
    const progress = followProgress({ report }, new AbortController().signal, HOUR);
    for (const percent of [1, 2, 3]) progress.set(at(percent));
    expect(reports.map((one) => one.progress.percent)).toEqual([1]);
    reports[0]!.end.resolve();
    await vi.waitFor(() => expect(reports.map((one) => one.progress.percent)).toEqual([1, 3]));
    progress.stop();
    reports[1]!.end.resolve();
  });

  it('nothing changes – the same again, to renew the lease, until it is stopped', async () => {
    const report = vi.fn(async (_progress: Progress) => {});
    const progress = followProgress({ report }, new AbortController().signal, 2);
    progress.set(at(7));
    await vi.waitFor(() => expect(report.mock.calls.length).toBeGreaterThan(3));
    expect(new Set(report.mock.calls.map(([one]) => one.percent))).toEqual(new Set([7]));
    vi.useFakeTimers();
    try {
      progress.stop();
      const calls = report.mock.calls.length;
      await vi.advanceTimersByTimeAsync(100);
      expect(report.mock.calls.length).toBe(calls);
    } finally {
      vi.useRealTimers();
    }
  });

  it('a preview – told with the next report, and only with that', async () => {
    const report = vi.fn(async (_progress: Progress, _previewKey?: string) => {});
    const progress = followProgress({ report }, new AbortController().signal, 2);
    progress.set(at(7));
    progress.setPreview('preview.png');
    await vi.waitFor(() => expect(report.mock.calls.length).toBeGreaterThan(3));
    progress.stop();
    expect(report.mock.calls.filter(([, key]) => key !== undefined)).toEqual([[at(7), 'preview.png']]);
  });

  it.each(['STALE_ATTEMPT', 'NOT_FOUND'] as const)('refused with %s – the attempt ends with that', async (code) => {
    const error = new ProblemError(code, 'no');
    const progress = followProgress({ report: () => Promise.reject(error) }, new AbortController().signal, HOUR);
    progress.set(at(1));
    await vi.waitFor(() => expect(progress.signal.aborted).toBe(true));
    expect(progress.signal.reason).toBe(error);
    progress.stop();
  });

  it('the task service is away – the attempt goes on and reports again', async () => {
    const report = vi.fn(async (_progress: Progress) => {});
    report.mockRejectedValueOnce(new ProblemError('UNAVAILABLE', 'away'));
    const progress = followProgress({ report }, new AbortController().signal, 2);
    progress.set(at(1));
    await vi.waitFor(() => expect(report.mock.calls.length).toBeGreaterThan(1));
    expect(progress.signal.aborted).toBe(false);
    progress.stop();
  });

  it('the caller has gone, before or during – the attempt ends with the same reason', async () => {
    for (const before of [true, false]) {
      const caller = new AbortController();
      if (before) caller.abort(new Error('gone'));
      const progress = followProgress({ report: async () => {} }, caller.signal, HOUR);
      if (!before) caller.abort(new Error('gone'));
      await setImmediate();
      expect(progress.signal.reason).toMatchObject({ message: 'gone' });
      progress.stop();
    }
  });
});
