/** Content types by the ending of a key, for stores that keep none. */
import { extname } from 'node:path';

export const DEFAULT_CONTENT_TYPE = 'application/octet-stream';

const BY_ENDING: Record<string, string> = {
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

export const contentTypeOf = (key: string): string => BY_ENDING[extname(key)] ?? DEFAULT_CONTENT_TYPE;
