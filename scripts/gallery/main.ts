/**
 * `npm run gallery`: makes docs/gallery, the pictures and the page that shows them, with the same commands that the page names.
 *
 *   node scripts/gallery/main.ts [NAME…]      only these pictures; the page is written in any case
 */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { galleryPage } from './page.ts';
import { SECTIONS } from './pictures.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'docs/gallery');
const names = process.argv.slice(2);
const pictures = SECTIONS.flatMap((section) => section.pictures);
const unknown = names.filter((name) => !pictures.some((picture) => picture.name === name));
if (unknown.length > 0)
  throw new Error(
    `There is no picture ${unknown.join(', ')}; allowed are ${pictures.map(({ name }) => name).join(', ')}.`,
  );

mkdirSync(folder, { recursive: true });
for (const { name, args, format } of pictures) {
  if (names.length > 0 && !names.includes(name)) continue;
  const command = [join(root, 'scripts/cloud/main.ts'), ...args, '-o', join('docs/gallery', `${name}.${format}`)];
  const { stderr } = await run(process.execPath, command, { cwd: root });
  process.stdout.write(stderr);
}
writeFileSync(join(folder, 'README.md'), galleryPage(SECTIONS));
