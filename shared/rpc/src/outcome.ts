/** What came of one attempt, and what follows from it: whose fault it is, and whether another attempt is safe. */
import type { Operation, ProblemError } from '@wordcloud/contracts';
import type { ChannelReply } from './channel.ts';

export type Outcome =
  | { readonly kind: 'answered'; readonly reply: ChannelReply; readonly isSlow: boolean }
  /** No connection could be made: the request never left. */
  | { readonly kind: 'unreachable'; readonly error: ProblemError }
  /** The connection broke: the request may have been done. */
  | { readonly kind: 'broken'; readonly error: ProblemError }
  /** `isPatient`: the instance had nearly all the time that an attempt has, not only a rest that was left for the call. */
  | { readonly kind: 'timeout'; readonly error: ProblemError; readonly isPatient: boolean }
  /** The caller has gone. */
  | { readonly kind: 'aborted'; readonly error: unknown };

/** Bodies of problems name their code early; reading the whole JSON of each is not needed to find it. */
const CODE = /"code"\s*:\s*"([A-Z_]+)"/;
/** The instance has not begun with it, and says so. */
const NOT_BEGUN = ['OVERLOADED', 'SHUTTING_DOWN'];

/**
 * Does it speak against this instance? Mistakes of the caller (4xx), what lies further behind (502 to 504), a refusal for lack of room and
 * a caller who has gone do not.
 */
export function isInstanceFault(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'answered':
      return outcome.isSlow || outcome.reply.status === 500 || isForeign(outcome.reply);
    case 'unreachable':
    case 'broken':
      return true;
    case 'timeout':
      return outcome.isPatient;
    case 'aborted':
      return false;
  }
}

/** Is the same request safe to send once more? */
export function mayRepeat(operation: Operation, outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'answered':
      return refusesForNow(outcome.reply) || (operation.idempotent && isBroken(outcome.reply));
    case 'unreachable':
      return true;
    case 'broken':
      return operation.idempotent;
    case 'timeout':
      return operation.idempotent && outcome.isPatient;
    case 'aborted':
      return false;
  }
}

/** The instance is about to end: it must not be asked again. */
export const saysGoodbye = (outcome: Outcome): boolean =>
  outcome.kind === 'answered' && outcome.reply.status === 503 && codeOf(outcome.reply) === 'SHUTTING_DOWN';

/**
 * A 503 with Retry-After from the instance itself. When it says that something behind it is away, it has tried that itself; to repeat here
 * what was repeated there would multiply the calls.
 */
function refusesForNow(reply: ChannelReply): boolean {
  if (reply.status !== 503 || reply.headers['retry-after'] === undefined) return false;
  const code = codeOf(reply);
  return code === undefined || NOT_BEGUN.includes(code);
}

const isBroken = (reply: ChannelReply): boolean => reply.status === 500 || isForeign(reply);

/** Not what a service of ours would say, as from another program on that port. */
const isForeign = (reply: ChannelReply): boolean => reply.status >= 500 && codeOf(reply) === undefined;

const codeOf = ({ text }: ChannelReply): string | undefined => CODE.exec(text)?.[1];
