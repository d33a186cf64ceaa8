/** This project's engine as a contender. */
import { readFileSync } from 'node:fs';
import { type CloudOptions, makeCloud } from '@wordcloud/cloud';
import { countWords, decodeText, warmUp } from '@wordcloud/text';
import { answerJobs } from './answer.ts';
import type { Job, Pair } from './jobs.ts';

function wordsOf({ words, text }: Job): Pair[] {
  if (words) return words;
  const counted = countWords(decodeText(readFileSync(text!)).text, {
    lang: 'auto',
    words: 'nouns',
    minLength: 2,
    stopwords: [],
  });
  return counted.words.map(({ word, count }) => [word, count]);
}

warmUp();
await answerJobs(async (job) => {
  const { width, height, top, mask, strict, margin } = job;
  const words = wordsOf(job)
    .slice(0, top)
    .map(([word, weight]) => ({ word, weight }));
  const options: Partial<CloudOptions> = {
    width,
    height,
    ...(strict && { strict: true, scaling: 'linear' }),
    ...(margin !== undefined && { margin }),
  };
  const cloud = await makeCloud(words, options, mask === undefined ? {} : { mask: readFileSync(mask) });
  return { png: cloud.png, placed: cloud.placed.length, asked: words.length, layout: cloud.ms.layout };
});
