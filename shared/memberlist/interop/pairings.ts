/** Which kinds of peers the tests put beside each other: ours and Go's in both directions, or Go's with themselves. */
import { type AgentKind, agentCommand, buildGoPeer } from './peers.ts';

export interface Pairing {
  /** Starts first. */
  seed: AgentKind;
  /** Joins the seed. */
  joiner: AgentKind;
}

export interface Pairings {
  /** With the newest memberlist that can be had, both directions; empty when a side is missing. */
  pairs: Pairing[];
  /** The same with Debian's older one, where that is another. */
  older: Pairing[];
  /** Whether the newest one has labels. */
  hasLabels: boolean;
  /** For titles: empty, or why tests are skipped. */
  note: string;
}

/** `INTEROP_SELF_CHECK=1` puts Go's peer in the place of ours: what fails then is a fault of the tests, not of ours. */
const isSelfCheck = process.env.INTEROP_SELF_CHECK === '1';

/** The kind that is tested. */
export const subject: AgentKind = isSelfCheck ? 'go' : 'ours';

export async function findPairings(): Promise<Pairings> {
  const [ours, newest, debian] = await Promise.all([agentCommand(subject), buildGoPeer(), buildGoPeer('debian')]);
  const missing = [ours, newest].flatMap((found) => ('skipped' in found ? [found.skipped] : []));
  if (missing.length > 0) {
    const why = missing.join('; ');
    console.warn(`Interop tests are skipped: ${why}`);
    return { pairs: [], older: [], hasLabels: false, note: ` [skipped: ${why}]` };
  }
  const versions = [newest, debian].map((built) => ('version' in built ? built.version : undefined));
  const hasOlder = versions[1] !== undefined && versions[1] !== versions[0];
  return {
    pairs: bothWays('go'),
    older: hasOlder ? bothWays('debian') : [],
    hasLabels: 'hasLabels' in newest && newest.hasLabels,
    note: '',
  };
}

const bothWays = (other: AgentKind): Pairing[] =>
  subject === other
    ? [{ seed: other, joiner: other }]
    : [
        { seed: other, joiner: subject },
        { seed: subject, joiner: other },
      ];
