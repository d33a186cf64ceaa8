/**
 * The fonts: open ones (OFL) from npm, so that the same letters are drawn on every machine, also on one without any fonts.
 * Which font has a letter is looked up in the font itself; the system's fonts are never asked.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Font } from 'fontkit';
import * as fontkitModule from 'fontkit';

/** What may be chosen: weights of one family. */
export const FONTS = {
  'sans-light': { weight: 300, folder: '300Light' },
  sans: { weight: 400, folder: '400Regular' },
  'sans-bold': { weight: 700, folder: '700Bold' },
  'sans-black': { weight: 900, folder: '900Black' },
} as const;
export type FontName = keyof typeof FONTS;

/** In the order in which they are asked for a word. The first has Latin, Cyrillic, Han and kana. */
const FAMILIES = [
  ['noto-sans-sc', 'NotoSansSC'],
  ['noto-sans', 'NotoSans'],
  ['noto-sans-kr', 'NotoSansKR'],
  ['noto-sans-arabic', 'NotoSansArabic'],
  ['noto-sans-hebrew', 'NotoSansHebrew'],
  ['noto-sans-devanagari', 'NotoSansDevanagari'],
  ['noto-sans-thai', 'NotoSansThai'],
] as const;

const require = createRequire(import.meta.url);
const opened = new Map<string, Font>();

function open(packageName: string, file: string): Font {
  const key = `${packageName}/${file}`;
  let font = opened.get(key);
  if (font === undefined) {
    const path = join(dirname(require.resolve(`@expo-google-fonts/${packageName}/package.json`)), file);
    // fontkit is CommonJS; what Node makes of it depends on the version.
    const { openSync } = (fontkitModule as unknown as { default?: typeof fontkitModule }).default ?? fontkitModule;
    font = openSync(path) as Font;
    opened.set(key, font);
  }
  return font;
}

const EMOJI_FILE = '400Regular/NotoColorEmoji_400Regular.ttf';

/** The file of the colour emoji font, which only the canvas can draw. */
export const emojiFontPath = (): string =>
  join(dirname(require.resolve('@expo-google-fonts/noto-color-emoji/package.json')), EMOJI_FILE);

/** Part of a word that is drawn with one font, or as one emoji. */
export type TextRun = { font: Font; text: string } | { emoji: string };

const JOINER = /^(?:\u200c|\u200d|\ufe0e|\ufe0f)$/;
const MARK = /^\p{Mn}$/u;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Divides a text into runs of letters of one font: one run where a font has the whole of it, so that its letters match.
 * Letters are never parted from their marks.
 *
 * @returns undefined when no font has one of its letters: such a word must not be drawn, or a box would stand for the letter
 */
export function runsOf(text: string, name: FontName): TextRun[] | undefined {
  const whole = isEmoji(text) ? undefined : fontFor(Array.from(text), name);
  if (whole !== undefined) return [{ font: whole, text }];
  const runs: TextRun[] = [];
  for (const { segment } of graphemes.segment(text)) {
    if (isEmoji(segment)) {
      runs.push({ emoji: segment });
      continue;
    }
    const last = runs.at(-1);
    const letters = Array.from(segment);
    const before = last !== undefined && 'font' in last ? last : undefined;
    if (before && hasAll(before.font, letters)) before.text += segment;
    else {
      const font = fontFor(letters, name);
      if (font !== undefined) runs.push({ font, text: segment });
      else if (isPictograph(segment)) runs.push({ emoji: segment });
      else return undefined;
    }
  }
  return runs;
}

/** Joiners are instructions; a font need not have them. */
const hasAll = (font: Font, letters: readonly string[]): boolean =>
  letters.every((letter) => JOINER.test(letter) || font.hasGlyphForCodePoint(letter.codePointAt(0)!));

function fontFor(letters: readonly string[], name: FontName): Font | undefined {
  const { folder } = FONTS[name];
  // The first font does not know where marks belong on its letters, so it comes last where there are any.
  const families = letters.some((letter) => MARK.test(letter)) ? [...FAMILIES.slice(1), FAMILIES[0]] : FAMILIES;
  for (const [packageName, prefix] of families) {
    const font = open(packageName, `${folder}/${prefix}_${folder}.ttf`);
    if (hasAll(font, letters)) return font;
  }
  return undefined;
}

/** Shown as a picture unless told otherwise; ❤ or © only when followed by the sign that asks for one. */
const EMOJI =
  /^(?:\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3|\p{Emoji_Presentation}.*|\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier}).*)$/u;

/** One grapheme that is to be shown as a picture, and that the emoji font has? */
const isEmoji = (grapheme: string): boolean => EMOJI.test(grapheme) && emojiFontHas(grapheme);

/** Also a picture when no other font has it. */
const isPictograph = (grapheme: string): boolean =>
  /^\p{Extended_Pictographic}/u.test(grapheme) && emojiFontHas(grapheme);

const emojiFontHas = (text: string): boolean => hasAll(open('noto-color-emoji', EMOJI_FILE), Array.from(text));
