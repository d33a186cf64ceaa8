/** Whether the service can be reached. One failed request says little: so it is probed, and while it is away, probed gently. */
import { readonly, ref } from 'vue';
import { jittered, waitOrWake } from './wait.ts';

export interface ReachParts {
  /** Resolves when the service can be reached. */
  probe: () => Promise<unknown>;
  /** Waits for so many milliseconds, or less when there is a reason to look at once. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

const FIRST_MS = 1_000;
/** The longest that somebody sits before a service that is back. */
const MOST_MS = 4_000;
/** A probe without an answer until then has failed. */
const PROBE_MS = 5_000;

export function createReach({ probe, wait }: ReachParts) {
  const isAway = ref(false);
  const isProbing = ref(false);
  let looking: Promise<void> | undefined;
  let pause = new AbortController();

  const works = async (): Promise<boolean> => {
    isProbing.value = true;
    try {
      await probe();
      return true;
    } catch {
      return false;
    } finally {
      isProbing.value = false;
    }
  };

  async function look(): Promise<void> {
    for (let ms = FIRST_MS; !(await works()); ms = Math.min(ms * 1.6, MOST_MS)) {
      isAway.value = true;
      pause = new AbortController();
      await wait(ms, pause.signal);
    }
    isAway.value = false;
  }

  return {
    isAway: readonly(isAway),
    /** It is being asked just now. */
    isProbing: readonly(isProbing),
    /** Something failed as if the service were away: look whether it is, and until it is back. */
    doubt(): Promise<void> {
      looking ??= look().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    /** Somebody does not want to wait for the next look. */
    hurry: () => pause.abort(),
  };
}

export type Reach = ReturnType<typeof createReach>;

/** What `useSession` adds: away is also who cannot renew the session. */
let probeSession: () => Promise<unknown> = async () => {};
export function probeAlso(probe: () => Promise<unknown>): void {
  probeSession = probe;
}

let reach: Reach | undefined;
export function useReach(): Reach {
  reach ??= createReach({
    async probe() {
      const answer = await fetch('/api/options', { signal: AbortSignal.timeout(PROBE_MS) });
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      await probeSession();
    },
    wait: (ms, signal) => waitOrWake(jittered(ms), signal),
  });
  return reach;
}
