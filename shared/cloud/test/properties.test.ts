/** A thousand random cases: what holds for every cloud, whatever the words, the mask, the size and the options. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cloud,
  type CloudHooks,
  drawLayout,
  encodeSvg,
  layoutJson,
  makeCloud,
  readLayoutJson,
} from '../src/index.ts';
import { sharesOf } from '../src/scaling.ts';
import { insideOf, masks } from './inside.ts';
import { judge } from './oracle.ts';
import { type RandomCase, randomCase } from './random-case.ts';

const CHUNKS = 20;
const CASES = 1000 / CHUNKS;
/** Adding up in another order changes no more. */
const ROUNDING = 1e-9;
/** The time is for finding the smallest case where something does not hold; else a part takes a second. */
const TIMEOUT = 120_000;

/** The one excuse: a picture in which not even one word of the smallest size has room, or no word that can be drawn. */
const orNothing = (error: unknown) => {
  expect(['NO_DRAWABLE_WORDS', 'BAD_MASK']).toContain((error as { code?: string }).code);
  return undefined;
};

/** As the case wants it: a mask, and an earlier cloud of some of the words, with other weights. */
async function hooksOf({ list, given, mask, former }: RandomCase): Promise<CloudHooks> {
  const hooks = mask === undefined ? {} : { mask: masks[mask]! };
  if (former === undefined) return hooks;
  const earlier = list
    .filter((_, i) => i % former !== 1)
    .map((item, i) => (i % 3 === 2 ? { ...item, weight: 5 } : item));
  const before = await makeCloud(earlier, given, hooks).catch(orNothing);
  return before ? { ...hooks, previous: before.placed } : hooks;
}

function expectComplete({ placed, skipped }: Cloud, { list }: RandomCase): void {
  const told = [...placed, ...skipped].map(({ word }) => word);
  expect(told.toSorted()).toEqual(list.map(({ word }) => word).toSorted());
  for (const { word, reason } of skipped) {
    const { weight } = list.find((item) => item.word === word)!;
    expect(reason === 'no-weight').toBe(!(Number.isFinite(weight) && weight > 0));
    if (/\u{13000}|^ ?$/u.test(word) && reason !== 'no-weight') expect(reason).toBe('no-glyph');
    else expect(reason).not.toBe('no-glyph');
  }
}

function expectSizes({ placed }: Cloud, { list, given }: RandomCase): void {
  const least = (given.minFontSize ?? 4) * given.scale;
  for (const [i, { weight, fontSize }] of placed.entries()) {
    const before = placed[i - 1];
    expect(weight).toBeLessThanOrEqual(before?.weight ?? Infinity);
    expect(fontSize).toBeLessThanOrEqual(
      (before?.fontSize ?? (given.maxFontSize ?? Infinity) * given.scale) + ROUNDING,
    );
    expect(fontSize).toBeGreaterThanOrEqual(least - ROUNDING);
  }
  if (!given.strict) return;
  const weights = list.map(({ weight }) => weight).filter((weight) => Number.isFinite(weight) && weight > 0);
  const sorted = weights.toSorted((a, b) => b - a);
  const shares = new Map(sharesOf(sorted, given.scaling!).map((share, i) => [sorted[i], share]));
  const firsts = placed.map(({ weight, fontSize }) => fontSize / shares.get(weight)!);
  for (const first of firsts) expect(first / firsts[0]!).toBeCloseTo(1, 6);
}

function expectAngles({ drawn }: Cloud, { given: { angles, rotation } }: RandomCase): void {
  const most = { none: 0, slight: 12, free: 60 };
  for (const { angle, shape } of drawn) {
    if (shape.letters.commands.length === 0) expect(angle).toBeCloseTo(0);
    else if (angles) expect(angles).toContain(angle);
    else if (rotation === 'mixed') expect([0, -90]).toContain(angle);
    else expect(Math.abs(angle)).toBeLessThanOrEqual(most[rotation!]);
  }
}

/** Words that were skipped come in the order in which they were given. */
const layoutOf = (cloud: Cloud) =>
  layoutJson({ ...cloud, skipped: cloud.skipped.toSorted((a, b) => (a.word < b.word ? -1 : 1)) });

describe('a thousand random cases', () => {
  it.each(Array.from({ length: CHUNKS }, (_, chunk) => chunk))('part %i', { timeout: TIMEOUT }, async (chunk) => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(randomCase, async (one) => {
        const { list, given, mask } = one;
        const hooks = await hooksOf(one);
        const cloud = await makeCloud(list, given, hooks).catch(orNothing);
        if (cloud === undefined) return;
        made++;
        const isAllowed = await insideOf(given, mask, cloud.contour);
        expect(await judge(cloud, isAllowed)).toEqual({ shared: 0, outside: 0 });
        expectComplete(cloud, one);
        expectSizes(cloud, one);
        expectAngles(cloud, one);
        const copies = cloud.placed.reduce((sum, word) => sum + (word.copies ?? 1), 0);
        expect(cloud.drawn).toHaveLength(copies);

        const again = await makeCloud(list.toReversed(), given, hooks);
        expect(Buffer.compare(again.png, cloud.png)).toBe(0);
        expect(layoutOf(again)).toBe(layoutOf(cloud));
        expect(encodeSvg(drawLayout(readLayoutJson(layoutJson(cloud))))).toBe(cloud.svg());
      }),
      { numRuns: CASES, seed: 20261121 + chunk },
    );
    expect(made).toBeGreaterThan(CASES * 0.8);
  });
});
