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

/** In the order in which they are asked for a letter. The first has Latin, Greek, Cyrillic, Han and kana. */
const FAMILIES = [
  ['noto-sans-sc', 'NotoSansSC'],
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

/** Joiners and marks belong to the letter before them, whichever font that has. */
const ATTACHED = /^(?:\p{M}|\u200c|\u200d)$/u;

/**
 * Divides a word into runs of letters of one font.
 *
 * @returns undefined when no font has one of its letters: such a word must not be drawn, or a box would stand for the letter
 */
export function runsOf(word: string, name: FontName): TextRun[] | undefined {
  const runs: TextRun[] = [];
  for (const letter of word) {
    const last = runs.at(-1);
    const codePoint = letter.codePointAt(0)!;
    if (last && (ATTACHED.test(letter) || last.font.hasGlyphForCodePoint(codePoint))) {
      if (!last.font.hasGlyphForCodePoint(codePoint) && /\p{M}/u.test(letter)) return undefined;
      last.text += letter;
      continue;
    }
    const font = fontFor(codePoint, name);
    if (font === undefined) return undefined;
    runs.push({ font, text: letter });
  }
  return runs;
}

function fontFor(codePoint: number, name: FontName): Font | undefined {
  const { folder } = FONTS[name];
  for (const [packageName, prefix] of FAMILIES) {
    const font = open(packageName, `${folder}/${prefix}_${folder}.ttf`);
    if (font.hasGlyphForCodePoint(codePoint)) return font;
  }
  return undefined;
}

const EMOJI =
  /^(?:\p{Regional_Indicator}{2}|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f?)(?:\p{Emoji_Modifier}|\ufe0f|\u200d|\p{Extended_Pictographic})*)+$/u;

/** Is it nothing but emoji, and does the emoji font have them? */
export function isEmoji(word: string): boolean {
  if (!EMOJI.test(word)) return false;
  const font = emojiFont();
  return Array.from(word).every((sign) => ATTACHED.test(sign) || font.hasGlyphForCodePoint(sign.codePointAt(0)!));
}
