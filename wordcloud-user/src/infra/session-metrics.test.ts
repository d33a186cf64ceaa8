import { ProblemError, type SessionTokens } from '@wordcloud/contracts';
import { createMetrics } from '@wordcloud/telemetry';
import { expect, it } from 'vitest';
import type { Sessions } from '../domain/sessions.ts';
import { measureSessions } from './session-metrics.ts';

const TOKENS = { accessToken: 'access' } as SessionTokens;

it('log-ins and refreshes – counted by what becomes of them, and answered as before', async () => {
  const { registry } = createMetrics('me', { processMetrics: false });
  const sessions = {
    async logIn(username: string) {
      if (username === 'crash') throw new Error('the database is away');
      if (username !== 'ada') throw new ProblemError('BAD_CREDENTIALS', 'no');
      return TOKENS;
    },
    refresh: async () => {
      throw new ProblemError('SESSION_ENDED', 'over');
    },
  } as Pick<Sessions, 'logIn' | 'refresh'> as Sessions;
  const { logIn, refresh } = measureSessions(sessions, { registry });
  expect(await logIn('ada', 'engine', '::1')).toBe(TOKENS);
  await expect(logIn('bob', 'engine', '::1')).rejects.toMatchObject({ code: 'BAD_CREDENTIALS' });
  await expect(logIn('crash', 'engine', '::1')).rejects.toThrow('away');
  await expect(refresh('old')).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  const lines = (await registry.metrics()).matchAll(/^(\w+)\{.*outcome="(\w+)".*\} (\d+)$/gm);
  expect([...lines].map(([, name, outcome, value]) => `${name} ${outcome} ${value}`)).toEqual([
    'sign_ins_total ok 1',
    'sign_ins_total BAD_CREDENTIALS 1',
    'sign_ins_total TOO_MANY_ATTEMPTS 0',
    'sign_ins_total INTERNAL 1',
    'session_refreshes_total ok 0',
    'session_refreshes_total SESSION_ENDED 1',
    'session_refreshes_total INTERNAL 0',
  ]);
});
