/** The rules of names and passwords, to be told before anything is sent. The contract has them; a test compares, so that the page need not load it. */
export const USERNAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{2,31}$/u;
export const PASSWORD = { min: 8, max: 128 } as const;

export type CredentialMistake = 'usernameMissing' | 'usernameRule' | 'passwordMissing' | 'passwordRule';

export interface CredentialMistakes {
  username?: CredentialMistake | undefined;
  password?: CredentialMistake | undefined;
}

/**
 * @param isNew for a sign-up; a sign-in only wants both
 * @returns keys of the area `auth`
 */
export function mistakesOf(username: string, password: string, isNew: boolean): CredentialMistakes {
  const mistakes: CredentialMistakes = {};
  if (username === '') mistakes.username = 'usernameMissing';
  else if (isNew && !USERNAME.test(username)) mistakes.username = 'usernameRule';
  // As the server counts: code points, not UTF-16 units.
  const { length } = [...password];
  if (length === 0) mistakes.password = 'passwordMissing';
  else if (isNew && (length < PASSWORD.min || length > PASSWORD.max)) mistakes.password = 'passwordRule';
  return mistakes;
}
