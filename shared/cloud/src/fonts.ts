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
  const path = join(dirname(require.resolve(`@expo-google-fonts/${packageName}/package.json`)), file);
  let font = opened.get(path);
  if (font === undefined) {
    // fontkit is CommonJS; what Node makes of it depends on the version.
    const { openSync } = (fontkitModule as unknown as { default?: typeof fontkitModule }).default ?? fontkitModule;
    font = openSync(path) as Font;
    opened.set(path, font);
  }
  return font;
}

/** The file of the colour emoji font, which only the canvas can draw. */
export const emojiFontPath = (): string =>
  join(
    dirname(require.resolve('@expo-google-fonts/noto-color-emoji/package.json')),
    '400Regular/NotoColorEmoji_400Regular.ttf',
  );

const emojiFont = (): Font => open('noto-color-emoji', '400Regular/NotoColorEmoji_400Regular.ttf');

export interface TextRun {
  font: Font;
  text: string;
}

const JOINER = /^(?:\u200c|\u200d|\ufe0e|\ufe0f)$/;

/**
 * Divides a word into runs of letters of one font: one run where a font has the whole word, so that its letters match.
 *
 * @returns undefined when no font has one of its letters: such a word must not be drawn, or a box would stand for the letter
 */
export function runsOf(word: string, name: FontName): TextRun[] | undefined {
  const letters = Array.from(word);
  const whole = fontFor(letters, name);
  if (whole !== undefined) return [{ font: whole, text: word }];
  const runs: TextRun[] = [];
  for (const letter of letters) {
    const last = runs.at(-1);
    const font = last && hasAll(last.font, [letter]) ? last.font : fontFor([letter], name);
    if (font === undefined) return undefined;
    if (last?.font === font) last.text += letter;
    else runs.push({ font, text: letter });
  }
  return runs;
}

/** Joiners are instructions; a font need not have them. */
const hasAll = (font: Font, letters: readonly string[]): boolean =>
  letters.every((letter) => JOINER.test(letter) || font.hasGlyphForCodePoint(letter.codePointAt(0)!));

function fontFor(letters: readonly string[], name: FontName): Font | undefined {
  const { folder } = FONTS[name];
  for (const [packageName, prefix] of FAMILIES) {
    const font = open(packageName, `${folder}/${prefix}_${folder}.ttf`);
    if (hasAll(font, letters)) return font;
  }
  return undefined;
}

const EMOJI =
  /^(?:\p{Regional_Indicator}{2}|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f?)(?:\p{Emoji_Modifier}|\ufe0f|\u200d|\p{Extended_Pictographic})*)+$/u;

/** Is it nothing but emoji, and does the emoji font have them? */
export function isEmoji(word: string): boolean {
  if (!EMOJI.test(word)) return false;
  const font = emojiFont();
  return Array.from(word).every((sign) => JOINER.test(sign) || font.hasGlyphForCodePoint(sign.codePointAt(0)!));
}
