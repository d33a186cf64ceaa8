import type { Config } from '../config.ts';
import type { Emit, Warning } from '../events.ts';
import type { Membership } from '../membership/membership.ts';
import type { Transport } from '../transport/transport.ts';

/** What the parts of the protocol share. */
export interface Context {
  readonly config: Config;
  readonly membership: Membership;
  readonly transport: Transport;
  readonly emit: Emit;
  /** Logs and emits a warning, each at most once a minute. */
  readonly warn: (warning: Warning) => void;
}

const WARNING_INTERVAL_MS = 60_000;
const REMEMBERED_WARNINGS = 1_000;

/** Thins warnings out: a stranger's packets must not fill the log. */
export function createWarner(config: Config, emit: Emit): (warning: Warning) => void {
  const last = new Map<string, number>();
  return (warning) => {
    const key = `${warning.code} ${warning.about}`;
    const now = config.clock.now();
    if (now - (last.get(key) ?? -WARNING_INTERVAL_MS) < WARNING_INTERVAL_MS) return;
    if (last.size >= REMEMBERED_WARNINGS) last.clear();
    last.set(key, now);
    config.logger.warn({ code: warning.code, about: warning.about }, warning.message);
    emit('warning', warning);
  };
}
