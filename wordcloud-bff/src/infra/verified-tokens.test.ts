import { ProblemError } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import { rememberVerified } from './verified-tokens.ts';

function counting(exp = 10) {
  const asked: string[] = [];
  const verifier = {
    async verify(token: string) {
      asked.push(token);
      if (token === 'bad') throw new ProblemError('UNAUTHENTICATED', 'no');
      return { sub: token, sid: 's', username: 'ada', createdAt: '', exp };
    },
  };
  return { asked, verifier };
}

describe('rememberVerified', () => {
  it('a good token – checked once, until it expires', async () => {
    const { asked, verifier } = counting();
    let now = 9_000;
    const { verify } = rememberVerified(verifier, () => now);
    expect((await verify('a', {})).sub).toBe('a');
    expect((await verify('a', {})).sub).toBe('a');
    expect(asked).toEqual(['a']);
    now = 10_000;
    await verify('a', {});
    expect(asked).toEqual(['a', 'a']);
  });

  it('a bad token – checked each time', async () => {
    const { asked, verifier } = counting();
    const { verify } = rememberVerified(verifier, () => 0);
    for (let i = 0; i < 2; i++) await expect(verify('bad', {})).rejects.toThrow('no');
    expect(asked).toHaveLength(2);
  });

  it('many tokens – the oldest are forgotten', async () => {
    const { asked, verifier } = counting();
    const { verify } = rememberVerified(verifier, () => 0, 2);
    for (const token of ['a', 'b', 'c', 'c', 'b', 'a']) await verify(token, {});
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
