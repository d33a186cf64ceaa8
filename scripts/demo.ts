/**
 * `make demo`: a word cloud from the command line, through the running system: signs in, uploads, shows the progress as it
 * happens, saves the image.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Problem, Task } from '@wordcloud/contracts';
import { readEvents } from './read-events.ts';

const HELP = `Makes a word cloud of a text, through the system that \`make start\` runs.

  make demo FILE=text.txt OUT=cloud.png [OPTIONS="shape=heart palette=ocean top=100"]
  cat text.txt | make demo OUT=cloud.svg

  --file FILE          the text; without it standard input is read
  --out FILE           where the image goes: .png or .svg; default cloud.png
  --user NAME          default jackchen (the demo account)
  --password PASSWORD  default 1234, or $WORDCLOUD_PASSWORD
  --api ADDRESS        default http://127.0.0.1:6060
  name=value …         any option of the API: lang, top, width, height, palette, background, shape, font,
                       rotation, scaling, words, minLength, stopwords, seed
`;

/** Something that a person can mend: printed as one sentence. */
class DemoError extends Error {}

interface Arguments {
  file: string | undefined;
  out: string;
  user: string;
  password: string;
  api: string;
  options: [name: string, value: string][];
}

function readArguments(): Arguments {
  const options = {
    file: { type: 'string' },
    out: { type: 'string', default: 'cloud.png' },
    user: { type: 'string', default: 'jackchen' },
    password: { type: 'string', default: process.env.WORDCLOUD_PASSWORD ?? '1234' },
    api: { type: 'string', default: process.env.WORDCLOUD_API ?? 'http://127.0.0.1:6060' },
    help: { type: 'boolean', default: false },
  } as const;
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new DemoError(`${(error as Error).message}\n\n${HELP}`);
  }
  const { help, ...values } = parsed.values;
  if (help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  if (!/\.(png|svg)$/i.test(values.out))
    throw new DemoError(`OUT: ${values.out} is not allowed; give a name that ends with .png or .svg.`);
  const pairs = parsed.positionals.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw new DemoError(`${text}: is not understood; options are given as name=value.\n\n${HELP}`);
    return [text.slice(0, at), text.slice(at + 1)] as [string, string];
  });
  return { ...values, file: values.file, options: pairs };
}

async function readText(file: string | undefined): Promise<Uint8Array<ArrayBuffer>> {
  if (file === undefined) {
    if (process.stdin.isTTY) throw new DemoError(`There is no text: give FILE=… or pipe one in.\n\n${HELP}`);
    return Uint8Array.from(await buffer(process.stdin));
  }
  try {
    return Uint8Array.from(await readFile(file));
  } catch (error) {
    throw new DemoError(`FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

async function call(api: string, path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(`${api}${path}`, init).catch(() => {
    throw new DemoError(`Nothing answers at ${api}. Start the system first: make start`);
  });
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  throw new DemoError(problem.detail ?? `${path} answered with status ${answer.status}.`);
}

const WIDTH = 30;

/** On a terminal one line that changes; elsewhere a line for each stage. */
function createProgress() {
  const { isTTY } = process.stderr;
  let lastStage = '';
  return (task: Task) => {
    const { stage, percent } = task.progress;
    const full = Math.round((percent / 100) * WIDTH);
    const bar = `[${'█'.repeat(full)}${'·'.repeat(WIDTH - full)}] ${String(percent).padStart(3)} %  ${stage}`;
    if (isTTY) process.stderr.write(`\r\x1b[K${bar}${stage === 'done' || task.status === 'failed' ? '\n' : ''}`);
    else if (stage !== lastStage) process.stderr.write(`${bar}\n`);
    lastStage = stage;
  };
}

/** The event stream is opened before the upload, so that nothing of the task is missed. */
async function follow(events: Response, id: () => string | undefined, show: (task: Task) => void): Promise<Task> {
  for await (const { event, data } of readEvents(events.body!)) {
    if (event !== 'task') continue;
    const task = JSON.parse(data) as Task;
    if (task.id !== id()) continue;
    show(task);
    if (task.status === 'succeeded' || task.status === 'failed') return task;
  }
  throw new DemoError('The connection to the system was lost. The task goes on; see it with GET /api/wordclouds.');
}

async function main(): Promise<void> {
  const { file, out, user, password, api, options } = readArguments();
  const text = await readText(file);
  const json = { 'content-type': 'application/json' };
  const credentials = JSON.stringify({ username: user, password });
  const logIn = await call(api, '/api/auth/login', { method: 'POST', headers: json, body: credentials });
  const { accessToken } = (await logIn.json()) as { accessToken: string };
  const headers = { authorization: `Bearer ${accessToken}` };

  const form = new FormData();
  for (const [name, value] of options) form.append(name, value);
  form.append('file', new Blob([text]), file === undefined ? 'standard input' : basename(file));
  const events = await call(api, '/api/events', { headers });
  const show = createProgress();
  let id: string | undefined;
  const upload = call(api, '/api/wordclouds', { method: 'POST', headers, body: form });
  const { task: accepted } = (await (await upload).json()) as { task: Task };
  id = accepted.id;
  show(accepted);
  const current = ((await (await call(api, `/api/wordclouds/${id}`, { headers })).json()) as { task: Task }).task;
  const isFinished = current.status === 'succeeded' || current.status === 'failed';
  if (isFinished) show(current);
  const task = isFinished ? current : await follow(events, () => id, show);
  await events.body?.cancel().catch(() => {});
  if (task.error) throw new DemoError(`${task.error.code}: ${task.error.detail}`);

  const format = out.toLowerCase().endsWith('.svg') ? 'svg' : 'png';
  const image = await call(api, task.image![format], { headers });
  await writeFile(out, new Uint8Array(await image.arrayBuffer()));
  const { tokens, distinct, placed, ms } = task.stats!;
  process.stderr.write(
    `${out}: ${placed} of ${distinct} different words (${tokens} in all, ${task.lang}), made in ${Math.round(ms.total)} ms\n`,
  );
}

try {
  await main();
  // The event stream would keep the process open.
  process.exit(0);
} catch (error) {
  process.stderr.write(`\n${error instanceof DemoError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
