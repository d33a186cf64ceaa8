import { describe, expect, it } from 'vitest';
import { type CloudOptions, makeCloud } from '../src/index.ts';
import { judge } from './oracle.ts';
import { words } from './words.ts';

const CLEAN = { shared: 0, outside: 0 };
const SIZE = { width: 500, height: 350 };

describe('strict sizes', () => {
  it.each(['linear', 'sqrt', 'rank'] as const)('%s – every size is the first one times its share', async (scaling) => {
    const cloud = await makeCloud(words(60), { ...SIZE, scaling, strict: true });
    expect(cloud.placed.length + cloud.skipped.length).toBe(60);
    const [first] = cloud.placed;
    const shareOf = (weight: number) => {
      if (scaling === 'linear') return weight / 60;
      return scaling === 'sqrt' ? Math.sqrt(weight / 60) : 1 - (60 - weight) * (0.88 / 59);
    };
    for (const { weight, fontSize } of cloud.placed) expect(fontSize).toBeCloseTo(first!.fontSize * shareOf(weight), 6);
    expect(await judge(cloud)).toEqual(CLEAN);
  });

  it('words that would be too small – are skipped, none is enlarged', async () => {
    const list = [{ word: 'huge', weight: 1000 }, ...words(5)];
    const { placed, skipped } = await makeCloud(list, { ...SIZE, scaling: 'linear', strict: true });
    expect(placed.map(({ word }) => word)).toEqual(['huge']);
    expect(skipped.map(({ reason }) => reason)).toEqual(Array(5).fill('no-room'));
  });

  it('what is found – is nearly as large as what is laid out with shrinking', async () => {
    const strict = await makeCloud(words(60), { ...SIZE, strict: true });
    const loose = await makeCloud(words(60), SIZE);
    expect(strict.skipped).toEqual([]);
    expect(strict.placed[0]!.fontSize).toBeGreaterThan(loose.placed[0]!.fontSize * 0.75);
  });

  it('more words than there is room for – the rest is named', async () => {
    const list = words(400).map(({ word }) => ({ word, weight: 1 }));
    const { placed, skipped } = await makeCloud(list, { width: 120, height: 90, strict: true });
    expect(placed.length).toBeGreaterThan(20);
    expect(placed.length + skipped.length).toBe(400);
    expect(new Set(placed.map(({ fontSize }) => fontSize)).size).toBe(1);
  });
});

describe('maxFontSize', () => {
  it.each([false, true])('strict %s – no word is larger, the largest is as large', async (strict) => {
    const { placed, skipped } = await makeCloud(words(30), { ...SIZE, maxFontSize: 24, strict });
    expect(placed[0]!.fontSize).toBeCloseTo(24, 6);
    for (const { fontSize } of placed) expect(fontSize).toBeLessThanOrEqual(24);
    expect(skipped).toEqual([]);
  });

  it('below the usual smallest size – lowers that too', async () => {
    const { placed } = await makeCloud(words(30), { width: 2000, height: 1500, maxFontSize: 5 });
    expect(new Set(placed.map(({ fontSize }) => fontSize))).toEqual(new Set([5]));
  });
});

describe('angles', () => {
  it('a list – only these, and nothing overlaps', async () => {
    const angles = [-45, 15, 90];
    const cloud = await makeCloud(words(60), { ...SIZE, angles });
    expect(new Set(cloud.placed.map(({ angle }) => angle))).toEqual(new Set(angles));
    expect(await judge(cloud)).toEqual(CLEAN);
  });

  it('repeated ones – are taken more often, and the first word is level where it may be', async () => {
    const { placed } = await makeCloud(words(120), { ...SIZE, angles: [30, 30, 30, 30, 30, 30, 0] });
    const turned = placed.filter(({ angle }) => angle === 30).length;
    expect(turned / placed.length).toBeGreaterThan(0.6);
    expect(placed[0]!.angle).toBe(0);
  });

  it('a word that is too long for the width – stands upright when that is allowed', async () => {
    const list = [{ word: 'an uncommonly long line of words', weight: 1 }];
    const { placed } = await makeCloud(list, { width: 64, height: 900, angles: [90] });
    expect(placed[0]).toMatchObject({ angle: 90 });
    expect(placed[0]!.fontSize).toBeGreaterThan(30);
  });
});

describe('wrong options', () => {
  it.each([
    [{ strict: 1 }, 'strict: got 1; allowed is true or false.'],
    [{ angles: [] }, 'angles: got []; allowed is a list of 1 to 64 numbers from -90 to 90.'],
    [{ angles: [91] }, 'angles: got [91]'],
    [{ angles: 5 }, 'angles: got 5'],
    [{ scaling: 'cubic' }, 'one of linear, sqrt, log, rank'],
    [{ maxFontSize: 10, minFontSize: 20 }, 'maxFontSize: got 10; allowed is a number from 20 to 8192.'],
    [{ colorBy: 'mood' }, 'colorBy: got "mood"; allowed is one of random, rank, frequency, pos, image.'],
  ])('%j – INVALID_OPTION that names it', async (options, message) => {
    const making = makeCloud(words(3), options as unknown as CloudOptions);
    await expect(making).rejects.toMatchObject({ code: 'INVALID_OPTION', message: expect.stringContaining(message) });
  });
});
