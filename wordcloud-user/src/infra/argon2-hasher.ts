/** Passwords with argon2id, at the library's parameters (OWASP's: 19 MiB, 2 passes), in its own threads. */
import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../domain/ports.ts';

export function createArgon2Hasher(): PasswordHasher {
  return {
    hash: (password) => hash(password),
    verify: (known, password) => verify(known, password),
  };
}
