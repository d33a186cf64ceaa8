import { type ActiveFault, FAULT_DEFAULTS, type Fault } from '@wordcloud/contracts';

/** What is wrong with this instance on purpose, for a demonstration. */
export interface Faults {
  /** Begins it now; one of the same kind ends. `stop` is nothing that lasts: it is not kept. */
  inject(fault: Fault): void;
  /** Ends all of them. */
  heal(): void;
  /** Those that have not ended. */
  active(): ActiveFault[];
  /** How long the next request has to wait, in milliseconds. */
  delayMs(): number;
  /** Does the next request fail? */
  fails(): boolean;
}

/**
 * @param now milliseconds, any beginning; default performance.now
 * @param random from 0 to below 1; default Math.random
 */
export function createFaults(now: () => number = () => performance.now(), random: () => number = Math.random): Faults {
  const kept = new Map<'slow' | 'fail', { ms: number | null; share: number | null; endsAt: number }>();
  const find = (kind: 'slow' | 'fail') => {
    const fault = kept.get(kind);
    return fault !== undefined && fault.endsAt > now() ? fault : undefined;
  };

  return {
    inject({ kind, ms = FAULT_DEFAULTS.ms, share = FAULT_DEFAULTS.share, seconds = FAULT_DEFAULTS.seconds }) {
      if (kind === 'stop') return;
      const isSlow = kind === 'slow';
      kept.set(kind, { ms: isSlow ? ms : null, share: isSlow ? null : share, endsAt: now() + seconds * 1_000 });
    },
    heal: () => kept.clear(),
    active: () =>
      (['slow', 'fail'] as const).flatMap((kind) => {
        const fault = find(kind);
        return fault ? [{ kind, ms: fault.ms, share: fault.share, leftMs: Math.ceil(fault.endsAt - now()) }] : [];
      }),
    delayMs: () => find('slow')?.ms ?? 0,
    fails: () => random() < (find('fail')?.share ?? 0),
  };
}
