/** Reading what the cloud is made of: a file, or standard input. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { decodeText, extractText, NotTextError, UnreadableFileError } from '@wordcloud/text';
import { CliError, fileProblem } from './errors.ts';

/** npm runs scripts in the root of the repository and says where it was called: names of files mean that folder. */
export function atCaller(path: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  return resolve(script === 'cloud' && folder !== undefined ? folder : '.', path);
}

export const nameOf = (path: string): string => (path === '-' ? 'standard input' : path);

/**
 * @param what for the message
 * @throws CliError
 */
export async function readBytes(path: string, what: string): Promise<Uint8Array> {
  if (path === '-') return buffer(process.stdin);
  try {
    return await readFile(atCaller(path));
  } catch (error) {
    throw new CliError(1, `${what} ${path} cannot be read: ${fileProblem(error)}.`, { cause: error });
  }
}

/**
 * The text of a document, in any format and encoding that is understood.
 *
 * @throws CliError
 */
export async function readText(path: string, what: string): Promise<{ text: string; title: string | null }> {
  const bytes = await readBytes(path, what);
  try {
    return await extractText(bytes, path === '-' ? {} : { filename: path });
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    throw new CliError(1, `${nameOf(path)}: ${error.message}`, { cause: error });
  }
}

/** Of a list, which is plain text. @throws CliError */
export function decode(bytes: Uint8Array, path: string): string {
  try {
    return decodeText(bytes).text;
  } catch (error) {
    if (!(error instanceof NotTextError)) throw error;
    throw new CliError(1, `${nameOf(path)}: ${error.message}`, { cause: error });
  }
}

/** Words that are given separated by commas, or in a file named after an `@`, where they may stand on lines of their own. */
export async function readWordList(lists: readonly string[], what: string): Promise<string[]> {
  const texts = lists.map(async (list) =>
    list.startsWith('@') ? decode(await readBytes(list.slice(1), what), list.slice(1)) : list,
  );
  const words = (await Promise.all(texts)).flatMap((text) => text.split(/[\r\n,，、]+/u));
  return words.map((word) => word.trim()).filter((word) => word !== '');
}
