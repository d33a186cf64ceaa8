/** Writing files, standard output, and what the person at the terminal sees. */
import { writeFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import type { Cloud, SkippedWord } from '@wordcloud/cloud';
import { CliError, fileProblem } from './errors.ts';
import { atCaller } from './input.ts';

/** @throws CliError */
export async function write(path: string, data: Uint8Array | string): Promise<void> {
  if (path === '-') {
    await new Promise<void>((done) => process.stdout.write(data, () => done()));
    return;
  }
  try {
    await writeFile(atCaller(path), data);
  } catch (error) {
    throw new CliError(1, `${path} cannot be written: ${fileProblem(error)}.`, { cause: error });
  }
}

/** Colours only where a terminal shows them and NO_COLOR is not set. */
export const paint = (style: Parameters<typeof styleText>[0], text: string, stream: NodeJS.WriteStream): string =>
  styleText(style, text, { stream });

const BAR = 24;

/** One line that changes, on a terminal only. */
export function createProgress(quiet: boolean): { show(stage: string, percent: number): void; clear(): void } {
  const isShown = !quiet && process.stderr.isTTY === true;
  return {
    show(stage, percent) {
      if (!isShown) return;
      const full = Math.round((percent / 100) * BAR);
      process.stderr.write(`\r\x1b[K${'█'.repeat(full)}${'·'.repeat(BAR - full)} ${stage}`);
    },
    clear() {
      if (isShown) process.stderr.write('\r\x1b[K');
    },
  };
}

const REASONS: Record<SkippedWord['reason'], string> = {
  'no-room': 'no room',
  'no-glyph': 'no font has all of its letters',
  'no-weight': 'its count is not above 0',
};
const MOST_NAMED = 5;

/** One line for the cloud, and one for each reason for which words are missing. */
export function summary(cloud: Cloud, paths: readonly string[], milliseconds: number): string[] {
  const { placed, skipped, width, height } = cloud;
  const names = paths.map((path) => (path === '-' ? 'standard output' : path)).join(', ');
  const words = `${placed.length} ${placed.length === 1 ? 'word' : 'words'}`;
  const lines = [`${names}: ${words}, ${width} × ${height}, ${Math.round(milliseconds)} ms`];
  for (const [reason, text] of Object.entries(REASONS)) {
    const left = skipped.filter((word) => word.reason === reason).map(({ word }) => word);
    if (left.length === 0) continue;
    const more = left.length > MOST_NAMED ? ` and ${left.length - MOST_NAMED} more` : '';
    lines.push(`left out, ${text}: ${left.slice(0, MOST_NAMED).join(', ')}${more}`);
  }
  return lines;
}
