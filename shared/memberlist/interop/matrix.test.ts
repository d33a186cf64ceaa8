/** Two peers of different makes do everything that a pair can do, in each configuration and in both directions. */
import { describe, it } from 'vitest';
import { checkPair } from './check-pair.ts';
import { findPairings } from './pairings.ts';
import { VARIANTS } from './variants.ts';

const { pairs, older, hasLabels, note } = await findPairings();
const TIMEOUT_MS = 90_000;

if (note) it.skip(`the interop matrix${note}`, () => {});

describe.each(pairs)('$joiner joins $seed', (pair) => {
  it.concurrent.for(VARIANTS.filter((variant) => hasLabels || !variant.hasLabel))(
    '$name',
    { timeout: TIMEOUT_MS },
    (variant, { expect, skip }) => checkPair(pair, variant, expect, skip),
  );
});

describe.each(older)('$joiner joins $seed', (pair) => {
  it.concurrent.for(VARIANTS.filter(({ hasLabel }) => !hasLabel))(
    '$name',
    { timeout: TIMEOUT_MS },
    (variant, { expect, skip }) => checkPair(pair, variant, expect, skip),
  );
});
