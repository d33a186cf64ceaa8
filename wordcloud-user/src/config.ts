/** Settings of wordcloud-user. */
import { commonSettings, demoAccountSetting, duration, secret, text } from '@wordcloud/service-kit';
import { LONGEST_ACCESS_TOKEN_MS } from './domain/sessions.ts';

export const settings = {
  ...commonSettings('wordcloud-user'),
  dataDir: text({ env: 'DATA_DIR', default: './data', description: 'folder for everything that is kept on disk' }),
  databaseUrl: secret({
    env: 'USER_DATABASE_URL',
    minLength: 8,
    optional: true,
    description:
      'sqlite:/path/file.db or mysql://user:pass@host:3306/name[?ssl-mode=VERIFY_IDENTITY]; default: user.db in DATA_DIR',
  }),
  accessTokenMs: duration({
    env: 'ACCESS_TOKEN_TTL',
    default: '5m',
    minimumMs: 1_000,
    maximumMs: LONGEST_ACCESS_TOKEN_MS,
    description: 'life of an access token',
  }),
  refreshTokenMs: duration({
    env: 'REFRESH_TOKEN_TTL',
    default: '720h',
    minimumMs: 60_000,
    maximumMs: 365 * 24 * 3_600_000,
    description: 'life of a session that is not used',
  }),
  demoAccount: demoAccountSetting(),
};
