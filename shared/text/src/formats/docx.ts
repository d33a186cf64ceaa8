/**
 * The text of a Word document (Office Open XML, ECMA-376 part 1), with its notes at the end, without what was deleted or is hidden.
 * Read as a stream: a tree of the XML takes 80 times its size, and seconds.
 */
import { checkCharacters, checkSignal } from './limits.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';
import { localName, readXml, xmlText } from './xml.ts';
import { openZip } from './zip.ts';

/** Word on the web numbers them. */
export const DOCX_MAIN = /^word\/document\d*\.xml$/;
const NOTES = /^word\/(footnote|endnote)s\d*\.xml$/;
/** Text moved from here stands elsewhere; the fallback of a drawing repeats it for old programs. */
const LEFT_OUT = new Set(['moveFrom', 'Fallback']);
const INSTEAD: Record<string, string> = { tab: '\t', br: '\n', cr: '\n', noBreakHyphen: '-', txbxContent: '\n' };
const OFF = new Set(['0', 'false', 'off']);

/** @throws UnreadableFileError */
export async function docxToText(
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<{ text: string; title: string | null }> {
  const zip = openZip(bytes);
  const main = zip.names.find((name) => DOCX_MAIN.test(name));
  const document = main === undefined ? undefined : zip.read(main);
  if (document === undefined) {
    throw new UnreadableFileError('DAMAGED', 'The Word document is damaged: its text is missing. Please save it anew.');
  }
  const { text, notes } = await readStory(document);

  const noted: string[] = [];
  for (const name of zip.names) {
    checkSignal(signal);
    const kind = NOTES.exec(name)?.[1];
    const wanted = notes.filter((note) => note.startsWith(`${kind} `));
    if (kind === undefined || wanted.length === 0) continue;
    const { byNote } = await readStory(zip.read(name)!);
    noted.push(...new Set(wanted.flatMap((note) => byNote.get(note) ?? [])));
  }
  const core = zip.read('docProps/core.xml');
  const title = core ? ((await xmlText(core, ['dc:title']))['dc:title'] ?? null) : null;
  return {
    text: [text, ...noted]
      .join('\n')
      .replace(/\n{2,}/g, '\n')
      .trim(),
    title,
  };
}

interface Story {
  text: string;
  /** The notes that the text refers to, in its order: "footnote 2". */
  notes: string[];
  /** In the parts that hold notes: the text of each. */
  byNote: Map<string, string>;
}

async function readStory(xml: Uint8Array): Promise<Story> {
  const notes: string[] = [];
  const byNote = new Map<string, string>();
  let text: string[] = [];
  let characters = 0;
  /** Depth of the outermost element that is not shown. */
  let hiddenFrom = Number.POSITIVE_INFINITY;
  const add = (words: string) => {
    text.push(words);
    characters += words.length;
    checkCharacters(characters);
  };

  await readXml(xml, {
    element(name, attributes, depth, parents) {
      if (depth >= hiddenFrom) return;
      const local = localName(name);
      const id = attributes['w:id'];
      if (LEFT_OUT.has(local)) hiddenFrom = depth;
      else if (local === 'vanish' && localName(parents.at(-2) ?? '') === 'r' && !OFF.has(attributes['w:val'] ?? '')) {
        hiddenFrom = depth - 2;
      } else if (local === 'footnoteReference' || local === 'endnoteReference') {
        notes.push(`${local.slice(0, -'Reference'.length)} ${id}`);
      } else if (local === 'footnote' || local === 'endnote') text = [];
      else if (INSTEAD[local] !== undefined && localName(parents.at(-1) ?? '') !== 'tabs') add(INSTEAD[local]);
    },
    text(within, words, depth) {
      if (depth < hiddenFrom && localName(within) === 't') add(words);
    },
    end(name, attributes, depth) {
      if (depth <= hiddenFrom) {
        const local = localName(name);
        if (depth === hiddenFrom) hiddenFrom = Number.POSITIVE_INFINITY;
        else if (local === 'p') add('\n');
        else if (local === 'footnote' || local === 'endnote')
          byNote.set(`${local} ${attributes['w:id']}`, text.join('').trim());
      }
    },
  });
  return { text: text.join(''), notes, byNote };
}
