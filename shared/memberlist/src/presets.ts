/** Every number that shapes the protocol's behaviour. Times are milliseconds. */
export interface Tuning {
  /** Time limit of a TCP exchange, for connecting and for each direction. */
  tcpTimeoutMs: number;
  /** How many other nodes are asked to probe a node that does not answer. */
  indirectChecks: number;
  /** Each broadcast is sent `retransmitMult × ceil(log10(n + 1))` times. Below 4, large clusters learn late of joins. */
  retransmitMult: number;
  /** A suspected node has at least `suspicionMult × max(1, log10 n) × probeIntervalMs` to refute. */
  suspicionMult: number;
  /** And at most this many times as long, where nobody else confirms the suspicion. */
  suspicionMaxTimeoutMult: number;
  /** Between full exchanges of state with a random node, longer in clusters of more than 32; 0: none. */
  pushPullIntervalMs: number;
  /** One node is probed in each interval; 0: no failure detection. */
  probeIntervalMs: number;
  /** How long to wait for the answer before others are asked. Somewhat above the 99th percentile of round trips. */
  probeTimeoutMs: number;
  /** To how many nodes news go in each round of gossip; 0: no gossip. */
  gossipNodes: number;
  /** Between rounds of gossip; 0: no gossip. */
  gossipIntervalMs: number;
  /** How long dead nodes still get gossip, so that they may object, and are kept in the table. */
  gossipToTheDeadMs: number;
  /** The local health score stays below it; the probe interval is multiplied by up to this number. */
  awarenessMaxMultiplier: number;
  /** Between attempts to reach seeds and lost nodes that are not members now; 0: none. */
  rejoinIntervalMs: number;
}

export type Preset = 'lan' | 'wan' | 'local';

const lan: Tuning = {
  tcpTimeoutMs: 10_000,
  indirectChecks: 3,
  retransmitMult: 4,
  suspicionMult: 4,
  suspicionMaxTimeoutMult: 6,
  pushPullIntervalMs: 30_000,
  probeIntervalMs: 1_000,
  probeTimeoutMs: 500,
  gossipNodes: 3,
  gossipIntervalMs: 200,
  gossipToTheDeadMs: 30_000,
  awarenessMaxMultiplier: 8,
  rejoinIntervalMs: 30_000,
};

/** The same numbers as upstream's DefaultLANConfig, DefaultWANConfig and DefaultLocalConfig; rejoining is ours. */
export const PRESETS: Readonly<Record<Preset, Readonly<Tuning>>> = {
  lan,
  wan: {
    ...lan,
    tcpTimeoutMs: 30_000,
    suspicionMult: 6,
    pushPullIntervalMs: 60_000,
    probeIntervalMs: 5_000,
    probeTimeoutMs: 3_000,
    gossipNodes: 4,
    gossipIntervalMs: 500,
    gossipToTheDeadMs: 60_000,
    rejoinIntervalMs: 60_000,
  },
  local: {
    ...lan,
    tcpTimeoutMs: 1_000,
    indirectChecks: 1,
    retransmitMult: 2,
    suspicionMult: 3,
    pushPullIntervalMs: 15_000,
    probeTimeoutMs: 200,
    gossipIntervalMs: 100,
    gossipToTheDeadMs: 15_000,
    rejoinIntervalMs: 15_000,
  },
};
