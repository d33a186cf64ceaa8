/** The pictures of the gallery: each is what one command makes. */
export interface Picture {
  /** Of the file, without its ending. */
  name: string;
  title: string;
  /** Of `npm run cloud`, without `-o`. */
  args: readonly string[];
  /** Pictures with more colours than a palette has are half as large as WebP. */
  format: 'png' | 'webp';
}

export interface Section {
  title: string;
  about: string;
  pictures: readonly Picture[];
}

/** The texts, with what brings out their words. */
const TEXTS = {
  tea: ['tea.txt'],
  'tea, all words': ['tea.txt', '--count', 'all'],
  garden: ['garden.zh.txt', '--stopwords', '花园里,邻居们,总会'],
  train: ['train.mixed.txt', '--count', 'all', '--stopwords', '手里,水里'],
  bookshop: ['bookshop.ja.txt', '--min-length', '1', '--stopwords', '@docs/samples/bookshop.stopwords.txt'],
  market: ['market.ar.txt', '--stopwords', '@docs/samples/market.stopwords.txt'],
  picnic: ['picnic.emoji.txt'],
} as const;

function picture(
  name: string,
  title: string,
  text: keyof typeof TEXTS,
  options: string,
  size: string,
  format: Picture['format'] = text === 'picnic' ? 'webp' : 'png',
): Picture {
  const [file, ...words] = TEXTS[text];
  return {
    name,
    title,
    args: [`docs/samples/${file}`, ...words, ...options.split(' ').filter(Boolean), '--size', size],
    format,
  };
}

const language = (name: string, title: string, text: keyof typeof TEXTS, options: string) =>
  picture(name, title, text, options, '720x480');

/** Repeated words show the outline best; dust is left out. */
const shape = (name: string, text: keyof typeof TEXTS, palette: string, size = '720x480') =>
  picture(`shape-${name}`, name, text, `--shape ${name} --palette ${palette} --repeat --min-font-size 6`, size);

const palette = (name: string, text: keyof typeof TEXTS, background = '') =>
  picture(`palette-${name}`, name, text, `--palette ${name}${background && ` --background ${background}`}`, '480x320');

const SQUARE = '560x560';

export const SECTIONS: readonly Section[] = [
  {
    title: 'Languages',
    about: 'Six texts from `docs/samples`.',
    pictures: [
      language('english', 'English', 'tea, all words', '--palette forest'),
      language('chinese', 'Chinese', 'garden', '--palette sunset'),
      language('mixed', 'Chinese and English', 'train', '--palette berry'),
      language('japanese', 'Japanese', 'bookshop', '--palette ocean'),
      language('arabic', 'Arabic', 'market', '--palette earth'),
      language('emoji', 'Emoji', 'picnic', '--palette candy'),
    ],
  },
  {
    title: 'Shapes',
    about: 'Every shape; `--repeat` fills it with smaller copies of the words.',
    pictures: [
      shape('rectangle', 'tea, all words', 'sunset'),
      shape('ellipse', 'market', 'forest'),
      shape('circle', 'bookshop', 'berry', SQUARE),
      shape('heart', 'picnic', 'sunset', '480x480'),
      shape('star', 'tea', 'aurora', SQUARE),
      shape('cloud', 'train', 'ocean'),
      shape('diamond', 'garden', 'candy', SQUARE),
      shape('triangle', 'tea, all words', 'forest', SQUARE),
      shape('hexagon', 'market', 'aurora', '600x520'),
      shape('drop', 'bookshop', 'ocean', SQUARE),
    ],
  },
  {
    title: 'Palettes',
    about: 'Every palette. Colours that would be too faint on the background are made darker or lighter.',
    pictures: [
      palette('aurora', 'tea'),
      palette('ink', 'garden'),
      palette('ocean', 'bookshop'),
      palette('forest', 'market'),
      palette('sunset', 'train'),
      palette('berry', 'tea, all words'),
      palette('candy', 'garden'),
      palette('earth', 'market'),
      palette('mono', 'bookshop'),
      palette('accessible', 'tea'),
      palette('neon', 'train', '#10131c'),
      palette('pastel', 'picnic', '#1f2937'),
    ],
  },
  {
    title: 'More',
    about: 'Masks, letters as outlines, angles, colours with a meaning.',
    pictures: [
      picture(
        'mask',
        'A mask with its colours',
        'tea, all words',
        '--mask docs/samples/balloon.png --color-by image --repeat --min-font-size 6',
        '520x660',
        'webp',
      ),
      picture(
        'letter',
        'A letter',
        'garden',
        '--shape-text 木 --palette forest --repeat --min-font-size 5 --max-font-size 44',
        SQUARE,
      ),
      picture(
        'contour',
        'A contour',
        'garden',
        '--shape cloud --contour 3 --palette ocean --repeat --min-font-size 6',
        '720x480',
      ),
      picture('slight', 'Slight turns', 'tea, all words', '--rotation slight --palette candy', '720x480'),
      picture('angles', 'Two angles', 'train', '--angles=-30,30 --palette neon --background #10131c', '720x480'),
      picture('rank', 'Colour by rank', 'bookshop', '--color-by rank --palette berry --rotation none', '720x480'),
      picture(
        'comparison',
        'Two texts',
        'tea',
        '--compare docs/samples/train.mixed.txt --font sans-black --rotation none',
        '720x480',
        'webp',
      ),
    ],
  },
];
