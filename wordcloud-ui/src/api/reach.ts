/** Whether the service can be reached. One failed request says little: so it is probed, and while it is away, probed gently. */
import { readonly, ref } from 'vue';

export interface ReachParts {
  /** Resolves when the service can be reached. */
  probe: () => Promise<unknown>;
  /** Waits for so many milliseconds, or less when there is a reason to look at once. */
  wait: (ms: number) => Promise<void>;
}

const FIRST_MS = 1_500;
const MOST_MS = 10_000;

export function createReach({ probe, wait }: ReachParts) {
  const isAway = ref(false);
  let looking: Promise<void> | undefined;

  const works = async (): Promise<boolean> => {
    try {
      await probe();
      return true;
    } catch {
      return false;
    }
  };

  async function look(): Promise<void> {
    for (let ms = FIRST_MS; !(await works()); ms = Math.min(ms * 1.6, MOST_MS)) {
      isAway.value = true;
      await wait(ms);
    }
    isAway.value = false;
  }

  return {
    isAway: readonly(isAway),
    /** Something failed as if the service were away: look whether it is, and until it is back. */
    doubt(): Promise<void> {
      looking ??= look().finally(() => {
        looking = undefined;
      });
      return looking;
    },
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
      const answer = await fetch('/api/options');
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      await probeSession();
    },
    wait: waitOrOnline,
  });
  return reach;
}

/** A little more or less each time, so that not all tabs ask at once; at once when the machine is back on the network. */
function waitOrOnline(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms * (0.8 + 0.4 * Math.random()));
    addEventListener('online', done);
  });
}
