/** Counts who comes in, and who is not let in. */
import { isProblem } from '@wordcloud/contracts';
import { Counter, type Metrics } from '@wordcloud/telemetry';
import type { Sessions } from '../domain/sessions.ts';

const OUTCOMES = {
  sign_ins_total: ['ok', 'BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS', 'INTERNAL'],
  session_refreshes_total: ['ok', 'SESSION_ENDED', 'INTERNAL'],
};

/** @returns sessions that count what becomes of log-ins and refreshes */
export function measureSessions(sessions: Sessions, { registry }: Pick<Metrics, 'registry'>): Sessions {
  const counter = (name: keyof typeof OUTCOMES, help: string) => {
    const made = new Counter({ name, help, labelNames: ['outcome'], registers: [registry] });
    // A counter that begins with its first event has no rise that a query could see.
    for (const outcome of OUTCOMES[name]) made.inc({ outcome }, 0);
    return async <T>(work: Promise<T>): Promise<T> => {
      try {
        const value = await work;
        made.inc({ outcome: 'ok' });
        return value;
      } catch (error) {
        made.inc({ outcome: isProblem(error) ? error.code : 'INTERNAL' });
        throw error;
      }
    };
  };
  const countSignIn = counter('sign_ins_total', 'Log-ins, by outcome (ok, or the error code)');
  const countRefresh = counter('session_refreshes_total', 'Sessions gone on with, by outcome (ok, or the error code)');
  return {
    ...sessions,
    logIn: (...input) => countSignIn(sessions.logIn(...input)),
    refresh: (...input) => countRefresh(sessions.refresh(...input)),
  };
}
