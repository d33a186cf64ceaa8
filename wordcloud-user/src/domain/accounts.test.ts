import { PASSWORD_RULE, USERNAME_RULE } from '@wordcloud/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRules, createAccounts, foldName, normalizeName } from './accounts.ts';
import type { StoredUser } from './ports.ts';

const problemOf = (username: string, password: string) => {
  try {
    checkRules(username, password);
  } catch (error) {
    return error as { code: string; message: string; errors: { field: string; value?: string; allowed: string }[] };
  }
  return undefined;
};

describe('names', () => {
  it('fold – another case or composition – the same name', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 32 });
    fc.assert(
      fc.property(name, (text) => {
        const folded = foldName(text);
        expect(foldName(text.toUpperCase())).toBe(folded);
        expect(foldName(text.normalize('NFD'))).toBe(folded);
        expect(foldName(folded)).toBe(folded);
      }),
    );
  });

  it.each([
    ['Zoë', 'ZOE\u0308'],
    ['οδος', 'ΟΔΟΣ'],
    ['οδοσ', 'ΟΔΟΣ'],
    ['straße', 'STRASSE'],
  ])('fold – %s and %s – meet', (one, other) => {
    expect(foldName(one)).toBe(foldName(other));
  });

  it('fold – the longest name – fits the column', () => {
    // The capitals of this letter are three characters.
    expect(Array.from(foldName('\u0390'.repeat(USERNAME_RULE.maxLength))).length).toBeLessThanOrEqual(128);
  });

  it.each(['abc', 'ada.lovelace', '陈小明', 'Zoë', '7even', 'x'.repeat(32), '𠮷𠮷𠮷'])(
    'rule – %s – allowed',
    (name) => {
      expect(problemOf(normalizeName(name), 'long enough')).toBeUndefined();
    },
  );

  it.each(['', 'ab', 'x'.repeat(33), '.abc', 'a b c', 'a/b', 'a\u0000b', '<b>', 'abc\n', '😀😀😀'])(
    'rule – %j – refused, naming field, value and what is allowed',
    (name) => {
      const problem = problemOf(name, 'long enough');
      expect(problem?.errors).toEqual([
        { field: 'username', value: name, allowed: expect.stringContaining('3 to 32') },
      ]);
      expect(problem?.message).toContain(JSON.stringify(name));
    },
  );
});

describe('passwords', () => {
  const { minLength, maxLength } = PASSWORD_RULE;

  it('rule – length in characters, not in UTF-16 units – kept at both ends', () => {
    for (const length of [minLength, maxLength]) expect(problemOf('abc', '😀'.repeat(length))).toBeUndefined();
    for (const length of [minLength - 1, maxLength + 1]) {
      expect(problemOf('abc', '😀'.repeat(length))?.errors.map(({ field }) => field)).toEqual(['password']);
    }
  });

  it('rule – broken – the answer never holds the password', () => {
    const short = fc.string({ unit: fc.constantFrom('q', 'X', 'j', '7'), minLength: 3, maxLength: minLength - 1 });
    fc.assert(
      fc.property(short, (password) => {
        const problem = problemOf('..', password);
        expect(problem?.errors.map(({ field }) => field)).toEqual(['username', 'password']);
        expect(JSON.stringify([problem?.message, problem?.errors])).not.toContain(password);
      }),
    );
  });
});

describe('making an account', () => {
  const setUp = () => {
    const stored: StoredUser[] = [];
    const accounts = createAccounts({
      users: {
        insert: async (user) =>
          stored.every(({ foldedName }) => foldedName !== user.foldedName) && stored.push(user) > 0,
        findByName: async (name) => stored.find(({ foldedName }) => foldedName === name),
        findById: async (id) => stored.find((user) => user.id === id),
      },
      hasher: { hash: async () => 'hashed', verify: async () => false },
      newId: () => 'id',
      now: () => 0,
    });
    return { stored, accounts };
  };

  it('sign-up – decomposed name – kept composed, with the moment of the clock', async () => {
    const { accounts, stored } = setUp();
    const user = await accounts.signUp(' Zoe\u0308 ', 'long enough');
    expect(user).toEqual({ id: 'id', username: 'Zoë', createdAt: '1970-01-01T00:00:00.000Z' });
    expect(stored).toEqual([{ ...user, foldedName: 'zoë', passwordHash: 'hashed' }]);
  });

  it('ensure – a password that breaks the rules, several at once – one account', async () => {
    const { accounts, stored } = setUp();
    await Promise.all([1, 2, 3].map(() => accounts.ensure('jackchen', '1234')));
    expect(stored).toHaveLength(1);
  });
});
