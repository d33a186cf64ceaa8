/** What is asked of all contenders: the same words, size, font and mask. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { countWords, decodeText } from '@wordcloud/text';

export type Pair = [word: string, count: number];

/** What a contender gets, as one line of JSON. */
export interface Job {
  width: number;
  height: number;
  /** Path of a font for all of them, so that ink can be compared. */
  font: string;
  /** The words to draw, or the text to count them in. */
  words?: Pair[];
  text?: string;
  top: number;
  /** Path of an image; words go where it is black. */
  mask?: string;
  /** Sizes exactly proportional to the counts. */
  strict?: boolean;
  /** Least distance between words, in pixels; default: each one's own. */
  margin?: number;
  /** Where the PNG goes, after the time was taken. */
  output: string;
}

export type Contender = 'ours' | 'word_cloud' | 'd3-cloud' | 'echarts';

export interface Task {
  title: string;
  contenders: readonly Contender[];
  job: Omit<Job, 'output'>;
}

const NOTO = createRequire(import.meta.resolve('@wordcloud/cloud')).resolve(
  '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
);
const EVERYONE = ['ours', 'word_cloud', 'd3-cloud', 'echarts'] as const;
const PYTHON = ['ours', 'word_cloud'] as const;

/** @param folder for the mask */
export function makeTasks(english: string, chinese: string, folder: string): Record<string, Task> {
  const [en, zh] = [countsOf(english, 'nouns'), countsOf(chinese, 'nouns')];
  const all = countsOf(english, 'all');
  const of = (words: Pair[], count: number, width = 1200, height = 800) => ({
    words: atLeast(words, count).slice(0, count),
    top: count,
    width,
    height,
    font: NOTO,
  });
  const text = (file: string) => ({ text: resolve(file), top: 200, width: 1200, height: 800, font: NOTO });
  return {
    'en-text': { title: 'English, from text', contenders: PYTHON, job: text(english) },
    'en-words': { title: 'English, 200 words', contenders: EVERYONE, job: of(en, 200) },
    'zh-text': { title: 'Chinese, from text', contenders: PYTHON, job: text(chinese) },
    'zh-words': { title: 'Chinese, 200 words', contenders: EVERYONE, job: of(zh, 200) },
    '1080p': { title: '1920x1080, 500 words', contenders: EVERYONE, job: of(all, 500, 1920, 1080) },
    'small-4k': { title: '1920x1080, 200 words', contenders: ['ours'], job: of(en, 200, 1920, 1080) },
    '4k': { title: '3840x2160, 200 words', contenders: EVERYONE, job: of(en, 200, 3840, 2160) },
    '2000': { title: '1200x800, 2,000 words', contenders: EVERYONE, job: of(all, 2000) },
    mask: {
      title: 'mask, 900x900, 200 words',
      contenders: PYTHON,
      job: { ...of(en, 200, 900, 900), mask: writeMask(join(folder, 'mask.png')) },
    },
  };
}

function countsOf(file: string, words: 'nouns' | 'all'): Pair[] {
  const { text } = decodeText(readFileSync(file));
  const result = countWords(text, { lang: 'auto', words, minLength: 2, stopwords: [] });
  return result.words.map(({ word, count }) => [word, count]);
}

/** A short text is filled up with made-up words that come once, as most words of a long text do. */
function atLeast(words: Pair[], count: number): Pair[] {
  const syllables = ['ba', 'ker', 'lin', 'mo', 'tor', 'sa', 'ven', 'du', 'ri', 'pel'];
  const made = (number: number): string =>
    (number >= 10 ? made(Math.floor(number / 10)) : '') + syllables[number % 10]!;
  const missing = Math.max(0, count - words.length);
  return [...words, ...Array.from({ length: missing }, (_, i): Pair => [made(i + 1000), 1])];
}

/** A face in profile is what the peers show; a cat's head has ears as thin. */
function writeMask(path: string): string {
  const canvas = createCanvas(900, 900);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, 900, 900);
  context.fillStyle = 'black';
  context.ellipse(450, 540, 380, 330, 0, 0, Math.PI * 2);
  context.fill();
  for (const side of [-1, 1]) {
    context.beginPath();
    context.moveTo(450 + side * 370, 480);
    context.lineTo(450 + side * 330, 30);
    context.lineTo(450 + side * 60, 260);
    context.fill();
  }
  writeFileSync(path, canvas.toBuffer('image/png'));
  return path;
}
