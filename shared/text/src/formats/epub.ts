/** The text of an EPUB book (EPUB 3.3 and 2), chapter by chapter in the order of its spine. */
import { posix } from 'node:path';
import { decodeHtml, htmlToText } from './html.ts';
import { checkCharacters, checkSignal, MAX_CHAPTERS } from './limits.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';
import { localName, readXml, xmlText } from './xml.ts';
import { openZip } from './zip.ts';

const CONTAINER = 'META-INF/container.xml';
const ENCRYPTION = 'META-INF/encryption.xml';
const CHAPTER_TYPES = new Set(['application/xhtml+xml', 'text/html', 'application/xml', 'text/x-oeb1-document']);

const damaged = (what: string) =>
  new UnreadableFileError('DAMAGED', `The book is damaged: ${what}. Please upload a complete EPUB file.`);

/** @throws UnreadableFileError */
export async function epubToText(
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<{ text: string; title: string | null }> {
  const zip = openZip(bytes);
  const opfPath = await packagePath(zip.read(CONTAINER));
  const opf = zip.read(opfPath);
  if (opf === undefined) throw damaged('its list of chapters is missing');
  const chapters = await spine(opf, posix.dirname(opfPath));
  const encrypted = await encryptedParts(zip.read(ENCRYPTION));
  if (chapters.some((path) => encrypted.has(path))) {
    throw new UnreadableFileError(
      'ENCRYPTED',
      'The book is protected against reading; only books without protection are allowed.',
    );
  }

  const texts: string[] = [];
  let characters = 0;
  for (const path of chapters) {
    checkSignal(signal);
    const page = zip.read(path);
    if (page === undefined) continue;
    const { text } = await htmlToText(decodeHtml(page).text);
    characters += text.length;
    checkCharacters(characters);
    if (text !== '') texts.push(text);
  }
  if (texts.length === 0 && !chapters.some((path) => zip.names.includes(path))) throw damaged('it has no chapters');
  return { text: texts.join('\n\n'), title: (await xmlText(opf, ['dc:title']))['dc:title'] ?? null };
}

async function packagePath(container: Uint8Array | undefined): Promise<string> {
  if (container === undefined) throw damaged('its container file is missing');
  let path = '';
  await readXml(container, {
    element(name, attributes) {
      if (localName(name) === 'rootfile') path ||= attributes['full-path'] ?? '';
    },
  });
  return path;
}

/** The paths of the chapters, each once: a spine that names one chapter a thousand times is no book. */
async function spine(opf: Uint8Array, folder: string): Promise<string[]> {
  const paths = new Map<string, string>();
  const order = new Set<string>();
  await readXml(opf, {
    element(name, attributes) {
      const { id, href, idref, linear, properties } = attributes;
      if (localName(name) === 'item' && id !== undefined && href !== undefined) {
        const isChapter = CHAPTER_TYPES.has(attributes['media-type'] ?? '') && !properties?.split(' ').includes('nav');
        if (isChapter) paths.set(id, inPackage(folder, href));
      } else if (localName(name) === 'itemref' && idref !== undefined && linear !== 'no') {
        order.add(idref);
      }
    },
  });
  if (order.size > MAX_CHAPTERS) {
    throw new UnreadableFileError('TOO_LARGE', `The book has too many chapters; at most ${MAX_CHAPTERS} are allowed.`);
  }
  return [...new Set([...order].flatMap((id) => paths.get(id) ?? []))];
}

async function encryptedParts(encryption: Uint8Array | undefined): Promise<Set<string>> {
  const found = new Set<string>();
  if (encryption === undefined) return found;
  await readXml(encryption, {
    element(name, attributes) {
      if (localName(name) === 'CipherReference' && attributes.URI !== undefined)
        found.add(inPackage('.', attributes.URI));
    },
  });
  return found;
}

function inPackage(folder: string, href: string): string {
  const path = href.replace(/#.*/s, '');
  try {
    return posix.join(folder, decodeURIComponent(path));
  } catch {
    return posix.join(folder, path);
  }
}
