/** Faults for a demonstration: who may be harmed, and that it is only where somebody turned it on. */
import { type Fault, ProblemError } from '@wordcloud/contracts';

/** What reaches the instances. */
export interface FaultTargets {
  /** Ids of those that take faults. */
  ids(): string[];
  /** Throws ProblemError when it does not answer. */
  inject(id: string, fault: Fault): Promise<void>;
  heal(id: string): Promise<void>;
}

export interface FaultInjection {
  /** @throws ProblemError NOT_FOUND when faults are off or no such instance takes them; what calling it throws */
  inject(id: string, fault: Fault): Promise<void>;
  /** Those that do not answer are left: their faults end by themselves. */
  heal(): Promise<void>;
}

/** @param isEnabled DEMO_FAULTS */
export function createFaultInjection(targets: FaultTargets, isEnabled: boolean): FaultInjection {
  const requireEnabled = () => {
    if (!isEnabled) throw new ProblemError('NOT_FOUND', 'Faults are off here: DEMO_FAULTS turns them on.');
  };
  return {
    async inject(id, fault) {
      requireEnabled();
      if (!targets.ids().includes(id)) {
        throw new ProblemError('NOT_FOUND', 'There is no such instance that takes faults; the bff itself takes none.');
      }
      await targets.inject(id, fault);
    },
    async heal() {
      requireEnabled();
      await Promise.allSettled(targets.ids().map((id) => targets.heal(id)));
    },
  };
}
