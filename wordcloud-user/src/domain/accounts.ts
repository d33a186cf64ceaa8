/** Accounts: the rules for names and passwords, and making one. */
import { PASSWORD_RULE, ProblemError, USERNAME_RULE, type User, type Violation } from '@wordcloud/contracts';
import type { PasswordHasher, UserRepository } from './ports.ts';

const NAME = new RegExp(USERNAME_RULE.pattern, 'u');

/** One name, one form: composed, so that what looks the same is the same. */
export const normalizeName = (name: string): string => name.normalize('NFC').trim();

/**
 * Names that differ only in case are the same name. By way of capitals, since small letters alone do not meet: σ and ς,
 * or ß and ss, have the same capitals.
 */
export const foldName = (name: string): string => normalizeName(name).toUpperCase().toLowerCase().normalize('NFC');

/** @throws ProblemError INVALID_INPUT that names each broken rule; a password is never quoted */
export function checkRules(username: string, password: string): void {
  const errors: Violation[] = [];
  if (!NAME.test(username)) {
    const { minLength, maxLength } = USERNAME_RULE;
    const allowed = `${minLength} to ${maxLength} letters and digits, inside also . _ and -`;
    errors.push({ field: 'username', value: username.slice(0, 100), allowed });
  }
  const length = Array.from(password).length;
  if (length < PASSWORD_RULE.minLength || length > PASSWORD_RULE.maxLength) {
    errors.push({ field: 'password', allowed: `${PASSWORD_RULE.minLength} to ${PASSWORD_RULE.maxLength} characters` });
  } else if (foldName(password) === foldName(username)) {
    errors.push({ field: 'password', allowed: 'anything but the name' });
  }
  if (errors.length === 0) return;
  const got = ({ value }: Violation) => (value === undefined ? '' : ` got ${JSON.stringify(value)};`);
  const detail = errors.map((error) => `${error.field}:${got(error)} allowed is ${error.allowed}.`).join(' ');
  throw new ProblemError('INVALID_INPUT', detail, { errors });
}

export interface Accounts {
  /** @throws ProblemError INVALID_INPUT, USERNAME_TAKEN */
  signUp(username: string, password: string): Promise<User>;
  /** @throws ProblemError NOT_FOUND */
  get(userId: string): Promise<User>;
  /** Makes an account that need not follow the rules, unless the name exists. For the demonstration. */
  ensure(username: string, password: string): Promise<void>;
}

export interface AccountDependencies {
  users: UserRepository;
  hasher: PasswordHasher;
  newId: () => string;
  now: () => number;
}

export function createAccounts({ users, hasher, newId, now }: AccountDependencies): Accounts {
  const make = async (username: string, password: string) => {
    const user = { id: newId(), username, createdAt: new Date(now()).toISOString() };
    const made = await users.insert({
      ...user,
      foldedName: foldName(username),
      passwordHash: await hasher.hash(password),
    });
    return made ? user : undefined;
  };
  return {
    async signUp(name, password) {
      const username = normalizeName(name);
      checkRules(username, password);
      // Asked first only to save the hashing; the unique index decides.
      const user = (await users.findByName(foldName(username))) ? undefined : await make(username, password);
      if (user === undefined)
        throw new ProblemError('USERNAME_TAKEN', `The name "${username}" is taken; choose another one.`);
      return user;
    },
    async get(userId) {
      const user = await users.findById(userId);
      if (user === undefined) throw new ProblemError('NOT_FOUND', 'There is no such account.');
      return user;
    },
    async ensure(username, password) {
      if ((await users.findByName(foldName(username))) === undefined) await make(username, password);
    },
  };
}
