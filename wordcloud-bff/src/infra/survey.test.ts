import type { InstanceLink } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import type { InstanceClients } from './instance-clients.ts';
import { createSurvey } from './survey.ts';

const LINK: InstanceLink = {
  ...{ to: 'seg', service: 'wordcloud-seg', breaker: 'closed', inFlight: 0, calls: 1, faults: 0 },
  latencyMs: { p50: null, p95: null, p99: null },
};

/** Two makers, of which the second never answers, and a seg. */
function start(asksFaults: boolean) {
  const asked: string[] = [];
  const clock = { ms: 0 };
  const answer = async <T>(id: string, what: string, value: T) => {
    asked.push(`${what} ${id}`);
    if (id === 'maker-2') throw new Error('away');
    return value;
  };
  const clients = {
    instances: () => ['maker-1', 'maker-2', 'seg-1'].map((id) => ({ id, service: `wordcloud-${id.split('-')[0]}` })),
    of: (id: string) => ({
      getLinks: () => answer(id, 'links', { links: [LINK] }),
      getFaults: () => answer(id, 'faults', { active: [{ kind: 'slow', ms: 1, share: null, leftMs: 5 }] }),
    }),
  } as unknown as InstanceClients;
  return { asked, clock, survey: createSurvey({ clients, asksFaults, now: () => clock.ms }) };
}

describe('createSurvey', () => {
  it('links of makers, faults of all; who does not answer is left out', async () => {
    const { survey } = start(true);
    const fault = { kind: 'slow', ms: 1, share: null, leftMs: 5 };
    expect(await survey()).toEqual({
      links: [{ from: 'maker-1', ...LINK, at: '1970-01-01T00:00:00.000Z' }],
      faults: [
        { instance: 'maker-1', ...fault },
        { instance: 'seg-1', ...fault },
      ],
    });
  });

  it('many look – asked once a second; faults only where there can be any', async () => {
    const { survey, asked, clock } = start(false);
    await Promise.all([survey(), survey()]);
    clock.ms = 899;
    await survey();
    expect(asked).toEqual(['links maker-1', 'links maker-2']);
    clock.ms = 900;
    await survey();
    expect(asked).toHaveLength(4);
  });
});
