/** Settings of wordcloud-task. */
import { commonSettings, duration, integer, secret, text } from '@wordcloud/service-kit';

export const settings = {
  ...commonSettings('wordcloud-task'),
  dataDir: text({ env: 'DATA_DIR', default: './data', description: 'folder for everything that is kept on disk' }),
  databaseUrl: secret({
    env: 'TASK_DATABASE_URL',
    minLength: 8,
    optional: true,
    description:
      'sqlite:/path/file.db or mysql://user:pass@host:3306/name[?ssl-mode=VERIFY_IDENTITY]; default: task.db in DATA_DIR',
  }),
  maxAttempts: integer({
    env: 'MAX_ATTEMPTS',
    default: 5,
    minimum: 1,
    maximum: 100,
    description: 'attempts after which a task fails',
  }),
  leaseMs: duration({
    env: 'LEASE_TIME',
    default: '10s',
    minimumMs: 1_000,
    maximumMs: 3_600_000,
    description: 'how long a maker may be silent before its task is given to another',
  }),
  sweepMs: duration({
    env: 'SWEEP_INTERVAL',
    default: '500ms',
    minimumMs: 50,
    maximumMs: 60_000,
    description: 'how often ended leases and pauses are looked for',
  }),
  changeRetentionMs: duration({
    env: 'CHANGE_RETENTION',
    default: '1h',
    minimumMs: 60_000,
    maximumMs: 7 * 24 * 3_600_000,
    description: 'how long a page may have been away and still miss nothing',
  }),
};
