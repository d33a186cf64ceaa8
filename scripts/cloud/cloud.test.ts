/** The real program, as a child process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { PALETTES, resolveOptions, SHAPES } from '@wordcloud/cloud';
import { LANGUAGES } from '@wordcloud/text';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINE_OPTIONS } from './engine-options.ts';

const main = resolve(import.meta.dirname, 'main.ts');
const TEXT =
  'The harbour has a lighthouse. The keeper of the lighthouse likes the harbour and the sea. The sea is cold; the keeper is not.';

let folder: string;
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloud-cli-'));
  await writeFile(file('text.txt'), TEXT);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ran {
  code: number | null;
  out: Buffer;
  err: string;
}

interface RunOptions {
  input?: string | Uint8Array;
  env?: Record<string, string>;
}

/** In the temporary folder; the environment has nothing but what is given. */
async function run(args: string[], { input = '', env = {} }: RunOptions = {}): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  const [out, err] = [buffer(child.stdout), buffer(child.stderr)];
  // Who does not read its input closes it.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: await out, err: (await err).toString() };
}

const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Width and height are in the first chunk. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

describe('a picture', () => {
  it('is made of a file, in the format of each name', async () => {
    const { code, err, out } = await run('text.txt -o a.png -o a.svg --size 300x200 --shape heart'.split(' '));
    expect(err).toMatch(/^a\.png, a\.svg: 4 words, 300 × 200, \d+ ms\n$/);
    expect(code).toBe(0);
    expect(out).toHaveLength(0);
    const png = await readFile(file('a.png'));
    expect(png.subarray(0, 8)).toEqual(PNG);
    expect(sizeOf(png)).toEqual([300, 200]);
    expect(await readFile(file('a.svg'), 'utf8')).toContain('data-word="lighthouse"');
  });

  it('is made of standard input, and goes to standard output', async () => {
    const fromFile = await run('text.txt -o - --format svg --seed 7 -q'.split(' '));
    const fromInput = await run('- -o - --format svg --seed 7'.split(' '), { input: TEXT });
    expect(fromInput.out.toString()).toMatch(/^<svg /);
    expect(fromInput.out.equals(fromFile.out)).toBe(true);
    expect(fromFile.err).toBe('');
    expect(fromInput.err).toMatch(/^standard output: 4 words/);
    const png = await run(['-o', '-'], { input: TEXT });
    expect(png.out.subarray(0, 8)).toEqual(PNG);
  });

  it('differs with seed, palette and mask', async () => {
    const { makeCloud } = await import('@wordcloud/cloud');
    const { png } = await makeCloud([{ word: 'III', weight: 1 }], { width: 300, height: 300, palette: 'mono' });
    await writeFile(file('mask.png'), png);
    const of = async (...args: string[]) =>
      (await run(['text.txt', '-o', '-', '--format', 'svg', '--size', '300x300', ...args])).out.toString();
    const plain = await of();
    const others = await Promise.all([of('--seed', '2'), of('--palette', 'neon'), of('--mask', 'mask.png')]);
    expect(new Set([plain, ...others]).size).toBe(4);
    expect(await of('--seed', '1')).toBe(plain);
  });

  it('names the words that are left out', async () => {
    await writeFile(file('odd.json'), JSON.stringify({ tea: 3, ꙮ𐀀𐀁: 2 }));
    const { err, code } = await run('--frequencies odd.json -o odd.svg'.split(' '));
    expect(err).toContain('odd.svg: 1 word,');
    expect(err).toContain('left out, no font has all of its letters: ꙮ𐀀𐀁\n');
    expect(code).toBe(0);
  });

  it('lies where npm was called', async () => {
    await writeFile(file('called.txt'), TEXT);
    const child = spawn(process.execPath, [main, 'called.txt', '-o', 'called.svg'], {
      cwd: tmpdir(),
      env: { PATH: process.env.PATH ?? '', npm_lifecycle_event: 'cloud', INIT_CWD: folder },
      stdio: 'ignore',
    });
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(await readFile(file('called.svg'), 'utf8')).toMatch(/^<svg /);
  });
});

describe('a file', () => {
  it.each([
    ['pdf', '%PDF-'],
    ['webp', 'RIFF'],
    ['html', '<!DOCTYPE html>'],
    ['json', '{'],
    ['svg', '<svg '],
  ])('is written as .%s', async (ending, begins) => {
    const { code, err } = await run(['text.txt', '-o', `file.${ending}`, '--title', 'Sea & shore']);
    expect([code, err]).toEqual([0, expect.stringMatching(/^file\.\w+: 4 words/)]);
    const written = await readFile(file(`file.${ending}`), 'latin1');
    expect(written.slice(0, begins.length)).toBe(begins);
    if (ending === 'html') expect(written).toContain('<h1>Sea &#38; shore</h1>');
  });

  it('is written as SVG with text, if wished', async () => {
    const { out } = await run('text.txt -o - --format svg --svg-text'.split(' '));
    expect(out.toString()).toContain('@font-face');
    expect(out.toString()).toContain('>lighthouse</text>');
  });

  it('is read by its format: markup is no word', async () => {
    await writeFile(file('page.html'), `<!doctype html><title>Coast</title><p class="lamp">${TEXT}</p>`);
    const { out } = await run('page.html --words -'.split(' '));
    expect(out.toString()).toBe((await run('text.txt --words -'.split(' '))).out.toString());
    const page = await run('page.html -o - --format html'.split(' '));
    expect(page.out.toString()).toContain('<h1>Coast</h1>');
  });
});

it('compares two texts', async () => {
  await writeFile(file('other.txt'), 'The desert has a camel. The camel likes the desert and the sea of sand.');
  const { out, err } = await run('text.txt --compare other.txt -o compared.svg --words -'.split(' '));
  expect(err).toContain('orange: more in text.txt; blue: more in other.txt; grey: alike\n');
  const [head, ...rows] = out.toString().trim().split('\n');
  expect(head).toBe('word,a,b,logRatio,g2');
  expect(rows).toContainEqual(expect.stringMatching(/^camel,0,2,-\d/));
  const svg = await readFile(file('compared.svg'), 'utf8');
  const colorOf = (word: string) => new RegExp(`data-word="${word}"[^>]*fill="(#\\w+)"`).exec(svg)?.[1];
  expect(colorOf('harbour')).toBe(colorOf('lighthouse'));
  expect(colorOf('camel')).toBe(colorOf('desert'));
  expect(new Set([colorOf('camel'), colorOf('harbour'), colorOf('sea')]).size).toBe(3);
});

describe('words', () => {
  it('are written, and drawn again', async () => {
    const { code, out } = await run(['text.txt', '--words', '-']);
    expect(code).toBe(0);
    expect(out.toString()).toBe('word,count,pos\nharbour,2,noun\nkeeper,2,noun\nlighthouse,2,noun\nsea,2,noun\n');
    await run(['text.txt', '--words', 'words.json']);
    await writeFile(file('words.csv'), out);
    expect(JSON.parse(await readFile(file('words.json'), 'utf8'))[0]).toEqual({
      word: 'harbour',
      count: 2,
      pos: 'noun',
    });
    const [csv, json, text] = await Promise.all(
      ['--frequencies words.csv', '--frequencies words.json', 'text.txt'].map((source) =>
        run(`${source} -o - --format svg`.split(' ')),
      ),
    );
    expect(csv!.out.equals(text!.out)).toBe(true);
    expect(json!.out.equals(text!.out)).toBe(true);
  });

  it('are read in every way of writing them', async () => {
    const written = {
      'a.csv': '\ufeffWort;Anzahl\n"New ""York""";3\ntea;1.5\n',
      'b.tsv': 'New "York"\t3\ntea\t1.5\n'.replaceAll('"York"', '""York""').replace('New ""York""', '"New ""York"""'),
      'c.json': '[["New \\"York\\"", 3], ["tea", 1], ["tea", 0.5]]',
      'd.json': '[{"word": "tea", "weight": 1.5}, {"word": "New \\"York\\"", "count": 3}]',
    };
    for (const [name, content] of Object.entries(written)) {
      await writeFile(file(name), content);
      const { out, err } = await run(['--frequencies', name, '--words', '-']);
      expect(err, name).toBe('');
      expect(out.toString(), name).toBe('word,count,pos\n"New ""York""",3,\ntea,1.5,\n');
    }
  });

  it('are counted as wished', async () => {
    await writeFile(
      file('many.txt'),
      'In New York 1984 cats met a cat. New York has cats. Cats like New York in 1984.',
    );
    const words = async (args: string) =>
      (await run(`many.txt --words - --min-length 2 ${args}`.split(' ').filter(Boolean))).out
        .toString()
        .split('\n')
        .map((line) => line.split(',', 2).join(' '));
    expect(await words('')).not.toContain('cats 3');
    expect(await words('--keep-plurals')).toContain('cats 3');
    expect(await words('--numbers --count all')).toContain('1984 2');
    await writeFile(file('names.txt'), 'New York');
    expect(await words('--dictionary @names.txt')).toContain('New York 3');
  });

  it('are left out by lists', async () => {
    await writeFile(file('stops.txt'), 'Keeper\nsea');
    const { out } = await run('text.txt --stopwords harbour,x --stopwords @stops.txt --words -'.split(' '));
    expect(out.toString()).toBe('word,count,pos\nlighthouse,2,noun\n');
    const counted = await run('text.txt --count all --min-length 10 --words -'.split(' '));
    expect(counted.out.toString()).toBe('word,count,pos\nlighthouse,2,noun\n');
  });
});

describe('what is wrong', () => {
  const none = { input: TEXT };
  it.each<[args: string, exitCode: number, says: string]>([
    ['text.txt --shape hart', 2, `--shape: got "hart"; allowed is one of ${SHAPES.join(', ')}.`],
    ['text.txt --size 20x300', 2, '--size: width: got 20; allowed is a whole number from 64 to 4096.'],
    ['text.txt --size big', 2, '--size: got "big"; allowed is WIDTHxHEIGHT in pixels, as in 1920x1080.'],
    ['text.txt --seed x', 2, '--seed: got "x"; allowed is a whole number from 0 to 4294967295.'],
    ['text.txt --seed -5', 2, '--seed: a value that begins with a dash is written --seed=-….'],
    ['text.txt --min-font-size 1', 2, '--min-font-size: got 1; allowed is a number from 2 to 200.'],
    ['text.txt --angles 0,x', 2, '--angles: got "x"; allowed is a list of 1 to 64 numbers from -90 to 90.'],
    ['text.txt --angles 0,91', 2, '--angles: got [0,91]; allowed is a list of 1 to 64 numbers from -90 to 90.'],
    ['text.txt --top 0', 2, '--top: got 0; allowed is a whole number from 1 to 5000.'],
    ['text.txt --lang xx', 2, `--lang: got "xx"; allowed is one of ${LANGUAGES.join(', ')}.`],
    ['text.txt --shap heart', 2, 'There is no option --shap. Is --shape meant?'],
    ['text.txt -o', 2, '--output: its value is missing.'],
    ['text.txt b.txt', 2, 'One text is wanted, got 2: text.txt, b.txt.'],
    ['text.txt -o a.gif', 2, '--output: got "a.gif"; allowed is a name that ends with .png, .svg'],
    ['text.txt -o - --words -', 2, 'Standard output (-) can take one file only.'],
    ['text.txt --frequencies a.csv', 2, 'A text (text.txt) and --frequencies were given; allowed is one of them.'],
    ['missing.txt', 1, 'The text missing.txt cannot be read: there is no such file or folder.'],
    ['.', 1, 'The text . cannot be read: it is a folder.'],
    ['text.txt -o no/where.png', 1, 'no/where.png cannot be written: there is no such file or folder.'],
    ['text.txt --mask text.txt', 1, 'The mask cannot be read as an image'],
    ['text.txt --min-length 20', 1, 'text.txt has no words to draw (language: en).'],
  ])('%s', async (args, exitCode, says) => {
    const { code, err, out } = await run(args.split(' '), none);
    expect(err).toContain(`error: ${says}`);
    expect(err).not.toContain('    at ');
    expect(code).toBe(exitCode);
    expect(out).toHaveLength(0);
  });

  it('is said of a list of words by its line', async () => {
    await writeFile(file('bad.csv'), 'word,count\ntea,3\ncup,many\n');
    const { err, code } = await run('--frequencies bad.csv'.split(' '));
    expect(err).toContain('error: bad.csv: line 3: got ["cup",null]; allowed is a word and a number above 0.');
    expect(code).toBe(1);
  });

  it('is no text', async () => {
    const { err, code } = await run(['-'], { input: PNG });
    expect(err).toContain('error: standard input: The file is a PNG image, not a text.');
    expect(code).toBe(1);
  });
});

describe('the help', () => {
  it('names every option, shape and palette, and every option of the engine is one', async () => {
    const { out, code, err } = await run(['--help']);
    const text = out.toString();
    expect([code, err]).toEqual([0, '']);
    for (const name of [...SHAPES, ...Object.keys(PALETTES), '--frequencies', '--stopwords', '1200x800']) {
      expect(text).toContain(name);
    }
    expect(text).not.toContain('undefined');
    const { width: _width, height: _height, ...others } = resolveOptions({});
    expect(Object.keys(ENGINE_OPTIONS)).toEqual(expect.arrayContaining(Object.keys(others)));
  });

  it('has no colours where there is no terminal, and the version is a number', async () => {
    expect((await run(['--help'])).out.includes('\x1b')).toBe(false);
    expect((await run(['--shape', 'x'])).err).not.toContain('\x1b');
    expect((await run(['--shape', 'x'], { env: { FORCE_COLOR: '1' } })).err).toContain('\x1b[31merror');
    expect((await run(['--version'])).out.toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

it('ends in silence when nobody reads its output any more', async () => {
  const words = Array.from({ length: 20_000 }, (_, i) => `[${JSON.stringify(`word${i}`)},1]`);
  await writeFile(file('many.json'), `[${words.join()}]`);
  const child = spawn(process.execPath, [main, '--frequencies', 'many.json', '--words', '-'], { cwd: folder });
  const err = buffer(child.stderr);
  await once(child.stdout, 'data');
  child.stdout.destroy();
  expect(await once(child, 'close')).toEqual([0, null]);
  expect((await err).toString()).toBe('');
});
