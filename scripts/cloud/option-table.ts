/** The table of options, from which both the parser and the help are made. */
import type { CloudOptions } from '@wordcloud/cloud';
import { LANGUAGES } from '@wordcloud/text';
import { allowedBy, defaultOf, ENGINE_OPTIONS, flagOf } from './engine-options.ts';
import { FORMATS } from './formats.ts';

export interface Option {
  /** Without the dashes. */
  flag: string;
  short?: string;
  /** Stands for the value in the help; without one it is a switch. */
  value?: string;
  /** May be given more than once. */
  multiple?: true;
  about: string;
  allowed?: string;
  fallback?: string;
}

export const WORD_CLASSES = ['nouns', 'all'] as const;
export const TOP = { least: 1, most: 5000, fallback: 200 };
export const MIN_LENGTH = { least: 1, most: 20, fallback: 2 };
export const range = ({ least, most }: { least: number; most: number }) => `a whole number from ${least} to ${most}`;

const engineOptions = Object.entries(ENGINE_OPTIONS).map(([name, { value, about }]): Option => {
  const key = name as keyof CloudOptions;
  if (value === undefined) return { flag: flagOf(name), about };
  const fallback = defaultOf(key);
  const known = fallback === undefined ? {} : { fallback: shown(fallback) };
  return { flag: flagOf(name), value, about, allowed: allowedBy(key), ...known };
});

export const GROUPS: readonly (readonly [title: string, options: readonly Option[]])[] = [
  [
    'Words',
    [
      { flag: 'lang', value: 'CODE', about: 'Language of the text', allowed: LANGUAGES.join(', '), fallback: 'auto' },
      {
        flag: 'count',
        value: 'WHICH',
        about: 'Nouns and names only, or all words but stop words',
        allowed: WORD_CLASSES.join(', '),
        fallback: WORD_CLASSES[0],
      },
      {
        flag: 'top',
        value: 'NUMBER',
        about: 'How many words to draw',
        allowed: range(TOP),
        fallback: `${TOP.fallback}`,
      },
      {
        flag: 'min-length',
        value: 'NUMBER',
        about: 'Shortest word, in characters',
        allowed: range(MIN_LENGTH),
        fallback: `${MIN_LENGTH.fallback}`,
      },
      {
        flag: 'stopwords',
        value: 'LIST',
        multiple: true,
        about: 'Words to leave out beside those of the language: tea,cup or @file.txt',
      },
      {
        flag: 'dictionary',
        value: 'LIST',
        multiple: true,
        about: 'Words and names to keep whole wherever they stand: New York,tea pot or @file.txt',
      },
      { flag: 'phrases', about: 'Count phrases of two and three words, where they are more than chance' },
      { flag: 'numbers', about: 'Count numbers, too' },
      { flag: 'keep-plurals', about: 'Do not count cats as cat' },
      { flag: 'compare', value: 'FILE', about: 'Another text: colours show which of the two has more of a word' },
      { flag: 'frequencies', value: 'FILE', about: 'Draw these words instead of a text: .csv (word,count) or .json' },
    ],
  ],
  [
    'Picture',
    [
      {
        flag: 'size',
        value: 'WxH',
        about: 'Width and height in pixels',
        allowed: `each ${allowedBy('width')}`,
        fallback: `${shown(defaultOf('width'))}x${shown(defaultOf('height'))}`,
      },
      ...engineOptions,
      {
        flag: 'mask',
        value: 'IMAGE',
        about: 'Words go where this image is dark or not transparent, instead of --shape',
      },
    ],
  ],
  [
    'Files',
    [
      {
        flag: 'output',
        short: 'o',
        value: 'FILE',
        multiple: true,
        about: 'Where the cloud goes, in the format of the ending; may be given more than once; - is standard output',
        allowed: Object.keys(FORMATS)
          .map((format) => `.${format}`)
          .join(', '),
        fallback: 'cloud.png',
      },
      { flag: 'format', value: 'NAME', about: 'For -o -', allowed: Object.keys(FORMATS).join(', '), fallback: 'png' },
      { flag: 'title', value: 'TEXT', about: 'Of PDF and HTML; without: what the text says of itself' },
      {
        flag: 'svg-text',
        about: 'SVG with text and an embedded font instead of outlines: it can be searched and copied',
      },
      { flag: 'words', value: 'FILE', about: 'Writes the counted words: .csv or .json; - is standard output, as CSV' },
    ],
  ],
  [
    'Others',
    [
      { flag: 'quiet', short: 'q', about: 'Say nothing but errors' },
      { flag: 'version', short: 'V', about: 'Show the version' },
      { flag: 'help', short: 'h', about: 'Show this' },
    ],
  ],
];

/** Rounded, for the help. */
function shown(value: unknown): string {
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : String(value);
}
