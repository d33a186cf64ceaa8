/**
 * The `Idempotency-Key` of an upload. An answer that got lost may have been a yes: so the same draft, sent again, has the same
 * key, and the server answers with the cloud that it made before.
 */
import type { Upload } from './cloud-form.ts';

let last: { parts: readonly unknown[]; key: string } | undefined;

/** The key of the last try when nothing has been changed since, else a new one. */
export function keyOf({ options, ...upload }: Upload): string {
  const { text, file, mask, compareText, compareFile, title } = upload;
  const parts = [text, file, mask, compareText, compareFile, title, JSON.stringify(options)];
  if (last === undefined || last.parts.some((part, i) => part !== parts[i])) last = { parts, key: newKey() };
  return last.key;
}

/** It was answered: the same draft, sent once more, shall become another cloud. */
export function forgetKey(): void {
  last = undefined;
}

/** 128 random bits; `crypto.randomUUID` is missing where the page comes by plain HTTP from another machine. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
