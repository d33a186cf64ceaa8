import type { Address, JoinTarget } from '../addresses.ts';
import { MemberlistError } from '../errors.ts';
import { addressText } from '../node.ts';
import { resolveTarget } from '../transport/resolve.ts';
import { pushPull } from './anti-entropy.ts';
import type { Context } from './context.ts';

/** So many addresses are tried at the same time. */
const PARALLEL_JOINS = 4;

export interface JoinResult {
  /** The addresses whose nodes were reached. */
  readonly joined: readonly Address[];
  /** What went wrong with the others. */
  readonly errors: readonly Error[];
}

/**
 * Exchanges state with the nodes at all addresses of all targets.
 *
 * @throws MemberlistError ABORTED
 */
export async function joinTargets(
  context: Context,
  targets: readonly JoinTarget[],
  signal?: AbortSignal,
): Promise<JoinResult> {
  const joined: Address[] = [];
  const errors: Error[] = [];
  const waiting = [...targets];
  const work = async () => {
    for (let target = waiting.shift(); target; target = waiting.shift()) {
      throwIfAborted(signal);
      try {
        for (const address of await addressesOf(context, target, signal)) {
          throwIfAborted(signal);
          await joinOne(context, address, signal).then(
            () => joined.push(address),
            (error: Error) => errors.push(error),
          );
        }
      } catch (error) {
        errors.push(error as Error);
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_JOINS }, work));
  throwIfAborted(signal);
  return { joined, errors };
}

function addressesOf({ config }: Context, target: JoinTarget, signal?: AbortSignal): Promise<Address[]> {
  if (config.requireNodeNames && target.name === undefined) {
    throw new MemberlistError(
      'BAD_ADDRESS',
      `requireNodeNames is set: write name/${addressText({ address: target.host, port: target.port })}`,
    );
  }
  return resolveTarget(target, config.dnsServer, signal);
}

function joinOne(context: Context, address: Address, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      running.cancel();
      reject(abortError(signal!));
    };
    const running = pushPull(context, address, true, (error) => {
      signal?.removeEventListener('abort', onAbort);
      if (error) reject(error);
      else resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Why it was cancelled: the end of this node says so itself. */
export const abortError = ({ reason }: AbortSignal): MemberlistError =>
  reason instanceof MemberlistError
    ? reason
    : new MemberlistError('ABORTED', 'cancelled by its signal', { cause: reason });

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal);
}
