/** The targets, as ratios of what was measured in one run. T1 and so on are the numbers of the specification. */
import type { Endurance } from './endurance.ts';
import type { Contender } from './jobs.ts';

/** Medians of the rounds. */
export interface Result {
  ms: number;
  layout: number;
  peak: number;
  placed: number;
  asked: number;
  ink: number;
  coverage: number;
}

export type Results = Map<string, Partial<Record<Contender, Result>>>;

export interface Verdict {
  target: string;
  what: string;
  measured: number;
  atLeast?: number;
  atMost?: number;
}

/** Targets that cannot be judged, since somebody is missing, are left out. */
export function judge(results: Results, endurance?: { one: Endurance; two: Endurance }): Verdict[] {
  const of = (task: string, name: Contender) => results.get(task)?.[name];
  const ratio = (key: keyof Result, [task, name]: [string, Contender], [otherTask, other]: [string, Contender]) =>
    (of(task, name)?.[key] ?? Number.NaN) / (of(otherTask, other)?.[key] ?? Number.NaN);
  const slower = (task: string, peer: Contender) => ratio('ms', [task, peer], [task, 'ours']);
  const denser = (task: string, peer: Contender) => ratio('ink', [task, 'ours'], [task, peer]);
  const counting = (of('en-text', 'ours')?.ms ?? Number.NaN) - (of('en-words', 'ours')?.ms ?? Number.NaN);
  const browserFromText =
    ((of('en-words', 'echarts')?.ms ?? Number.NaN) + counting) / (of('en-text', 'ours')?.ms ?? Number.NaN);
  const placed = ratio('placed', ['en-words', 'ours'], ['en-words', 'ours']) && of('en-words', 'ours');
  const verdicts: Verdict[] = [
    { target: 'T1', what: 'word_cloud / ours, English text', measured: slower('en-text', 'word_cloud'), atLeast: 15 },
    { target: 'T1', what: 'word_cloud / ours, 200 words', measured: slower('en-words', 'word_cloud'), atLeast: 25 },
    { target: 'T2', what: 'Chromium / ours, 200 words', measured: slower('en-words', 'echarts'), atLeast: 35 },
    { target: 'T2', what: 'Chromium with our counting / ours, text', measured: browserFromText, atLeast: 25 },
    { target: 'T3', what: 'd3-cloud / ours, 200 words', measured: slower('en-words', 'd3-cloud'), atLeast: 3 },
    { target: 'T3', what: 'ink, ours / d3-cloud', measured: denser('en-words', 'd3-cloud'), atLeast: 1.4 },
    {
      target: 'T3',
      what: 'placed / asked, ours',
      measured: placed ? placed.placed / placed.asked : Number.NaN,
      atLeast: 1,
    },
    { target: 'T4', what: 'jieba and word_cloud / ours, text', measured: slower('zh-text', 'word_cloud'), atLeast: 25 },
    { target: 'T5', what: 'word_cloud / ours, 4K', measured: slower('4k', 'word_cloud'), atLeast: 60 },
    { target: 'T5', what: 'word_cloud / ours, 1080p, 500 words', measured: slower('1080p', 'word_cloud'), atLeast: 35 },
    {
      target: 'T5',
      what: 'layout, 4K / 1080p',
      measured: ratio('layout', ['4k', 'ours'], ['small-4k', 'ours']),
      atMost: 1.1,
    },
    {
      target: 'T6',
      what: "ink, ours at word_cloud's sizes, strict",
      measured: ratio('ink', ['strict', 'ours'], ['en-words', 'word_cloud']),
      atLeast: 1.05,
    },
    { target: 'T6', what: 'ink, ours / word_cloud, defaults', measured: denser('en-words', 'word_cloud'), atLeast: 1 },
    { target: 'T6', what: 'the same, Chinese', measured: denser('zh-words', 'word_cloud'), atLeast: 1 },
    { target: 'T6', what: 'the same, mask', measured: denser('mask', 'word_cloud'), atLeast: 1 },
    {
      target: '-',
      what: 'placed, ours / word_cloud, 2,000 words',
      measured: ratio('placed', ['2000', 'ours'], ['2000', 'word_cloud']),
      atLeast: 1,
    },
  ];
  if (endurance) {
    const { one, two } = endurance;
    const browser = of('en-words', 'echarts')?.peak ?? Number.NaN;
    verdicts.push(
      { target: 'T9', what: 'MB at most, one worker', measured: one.peak, atMost: 220 },
      { target: 'T9', what: 'MB after all / after half of the clouds', measured: one.end / one.half, atMost: 1.05 },
      { target: 'T9', what: 'MB, ours / Chromium', measured: one.peak / browser, atMost: 0.5 },
      {
        target: 'T10',
        what: 'clouds a second, two workers / one',
        measured: two.cloudsPerSecond / one.cloudsPerSecond,
        atLeast: 1.7,
      },
      { target: 'T10', what: 'clouds a second, two workers', measured: two.cloudsPerSecond, atLeast: 25 },
    );
  }
  return verdicts.filter(({ measured }) => !Number.isNaN(measured));
}
