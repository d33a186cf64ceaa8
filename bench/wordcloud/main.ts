/**
 * Our engine beside word_cloud (and jieba), d3-cloud and echarts-wordcloud in Chromium, at the same jobs in the same run:
 *
 *   node bench/wordcloud/main.ts [--rounds 5] [--only en-words,mask] [--english FILE] [--chinese FILE] [--clouds 1000] [--keep FOLDER]
 *
 * Rounds are interleaved, so that whatever else the machine does meets all; medians are printed. Start, imports and dictionaries are
 * counted for nobody. See README.md.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { Answer } from './answer.ts';
import { type Running, start } from './contender.ts';
import type { Endurance } from './endurance.ts';
import { measureInk } from './ink.ts';
import { type Contender, makeTasks, type Task } from './jobs.ts';
import { median, printHead, printRow, printVerdicts } from './table.ts';
import { judge, type Result, type Results } from './targets.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    english: { type: 'string', default: 'docs/samples/tea.txt' },
    chinese: { type: 'string', default: 'docs/samples/garden.zh.txt' },
    clouds: { type: 'string', default: '1000' },
    keep: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
/** A service that runs has compiled its code long ago; the peers get one job each, since theirs takes seconds. */
const WARM_UPS = 15;

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'wordcloud-bench-'));
mkdirSync(folder, { recursive: true });
const contenders = new Map<Contender, Running>();
const results: Results = new Map();
try {
  const tasks = makeTasks(values.english, values.chinese, folder);
  const chosen = values.only?.split(',') ?? Object.keys(tasks);
  for (const name of chosen) {
    if (!(name in tasks)) throw new Error(`--only: got "${name}"; allowed are ${Object.keys(tasks).join(', ')}`);
  }
  const font = tasks['en-words']!.job.font;
  await startAll(
    chosen.flatMap((name) => tasks[name]!.contenders),
    font,
  );
  console.log(
    `medians of ${rounds} interleaved rounds; memory: resident at the peak, of Chromium the proportional set`,
  );
  printHead();
  for (const name of chosen) {
    const sizes = await runTask(name, tasks[name]!);
    // The sizes that word_cloud chose and its distance, for the same words: how much more room is there?
    if (name === 'en-words' && sizes) {
      const { job } = tasks[name]!;
      await runTask('strict', {
        title: "the same, word_cloud's sizes",
        contenders: ['ours'],
        job: { ...job, words: sizes, strict: true, margin: 2 },
      });
    }
  }
  const clouds = Number(values.clouds);
  const endurance = clouds > 0 ? { one: await endure(1, clouds), two: await endure(2, clouds) } : undefined;
  printVerdicts(judge(results, endurance));
} finally {
  await Promise.all([...contenders.values()].map((contender) => contender.stop()));
  if (values.keep === undefined) rmSync(folder, { recursive: true });
}

async function startAll(names: readonly Contender[], font: string): Promise<void> {
  const words: [string, number][] = [
    ['tea', 3],
    ['time', 2],
  ];
  for (const name of new Set(names)) {
    const probe = { words, top: 2, width: 300, height: 200, font, output: join(folder, `probe-${name}.png`) };
    const running = await start(name, probe);
    if (running) contenders.set(name, running);
  }
}

/** @returns the sizes that word_cloud chose */
async function runTask(
  name: string,
  { title, contenders: wanted, job }: Task,
): Promise<[string, number][] | undefined> {
  const present = wanted.filter((who) => contenders.has(who));
  const answers = new Map<Contender, Answer[]>(present.map((who) => [who, []]));
  const outputOf = (who: Contender) => join(folder, `${name}-${who}.png`);
  const run = (who: Contender) => contenders.get(who)!.run({ ...job, output: outputOf(who) });
  for (let i = 0; i < WARM_UPS && present.includes('ours'); i++) await run('ours');
  for (let round = 0; round < rounds; round++) {
    for (const who of present) answers.get(who)!.push(await run(who));
  }
  const row: Partial<Record<Contender, Result>> = {};
  for (const [who, list] of answers) {
    const of = (read: (answer: Answer) => number) => median(list.map(read));
    row[who] = {
      ms: of(({ ms }) => ms),
      layout: of(({ layout = Number.NaN }) => layout),
      peak: of(({ peak }) => peak),
      placed: of(({ placed }) => placed),
      asked: of(({ asked }) => asked),
      ...(await measureInk(outputOf(who), job.mask)),
    };
    printRow(title, who, row[who], row.ours);
  }
  results.set(name, row);
  return answers.get('word_cloud')?.at(-1)?.sizes;
}

/** In a process of its own: its memory is what is measured. */
async function endure(workers: number, clouds: number): Promise<Endurance> {
  const script = join(import.meta.dirname, 'endurance.ts');
  const args = [script, '--workers', String(workers), '--clouds', String(clouds)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Endurance;
}
