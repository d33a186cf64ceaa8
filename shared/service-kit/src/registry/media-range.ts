/**
 * Whether a page is wanted rather than data, by the `Accept` header (RFC 9110, section 12.5.1). Browsers name `text/html`; programs that name
 * nothing, as curl and fetch with their any-type range, get data, as do those that like both alike.
 */
export function prefersHtml(accept = '*/*'): boolean {
  const ranges = accept.split(',').map(parseRange);
  return qualityOf('text/html', ranges) > qualityOf('application/json', ranges);
}

interface MediaRange {
  name: string;
  /** From 0, not acceptable, to 1. */
  quality: number;
}

function parseRange(range: string): MediaRange {
  const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  if (weight === undefined) return { name, quality: 1 };
  const quality = Number(weight.slice(2));
  // What cannot be read does not count.
  return { name, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** The narrowest range that has the type decides. */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  const group = `${type.split('/')[0]}/*`;
  for (const name of [type, group, '*/*']) {
    const range = ranges.find((candidate) => candidate.name === name);
    if (range) return range.quality;
  }
  return 0;
}
