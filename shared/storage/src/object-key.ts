/** Which keys objects may have: those that are a path inside a folder and a name on S3 alike. */
import { InvalidKeyError } from './errors.ts';

const LONGEST_KEY = 512;
/** What file systems take as a name. */
const LONGEST_SEGMENT = 255;

/** @throws InvalidKeyError */
export function checkKey(key: string): string {
  if (key.length > LONGEST_KEY || !key.split('/').every(isSegment)) throw new InvalidKeyError(key);
  return key;
}

/** @throws InvalidKeyError */
export function checkPrefix(prefix: string): string {
  if (!prefix.endsWith('/')) throw new InvalidKeyError(prefix);
  checkKey(prefix.slice(0, -1));
  return prefix;
}

function isSegment(segment: string): boolean {
  return segment.length <= LONGEST_SEGMENT && /^[A-Za-z0-9._-]+$/.test(segment) && segment !== '.' && segment !== '..';
}
