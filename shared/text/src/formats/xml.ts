/** Reads the XML files of packages as a stream. Entities other than XML's five are not expanded; nothing is fetched. */
import { bomEncoding } from '../encodings.ts';
import { MAX_DEPTH } from './limits.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';

export interface XmlHandler {
  /** `parents` are the names of the elements around it, innermost last; the depth of the root is 1. */
  element?(name: string, attributes: Record<string, string>, depth: number, parents: readonly string[]): void;
  text?(within: string, text: string, depth: number): void;
  end?(name: string, attributes: Record<string, string>, depth: number): void;
}

/** Without its prefix, which each writer may choose. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** @throws UnreadableFileError TOO_LARGE for elements nested too deeply */
export async function readXml(xml: Uint8Array, on: XmlHandler): Promise<void> {
  const { Parser } = await import('htmlparser2');
  const names: string[] = [];
  const attributesOf: Record<string, string>[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (names.length >= MAX_DEPTH) {
          throw new UnreadableFileError(
            'TOO_LARGE',
            `The document nests its XML too deeply; at most ${MAX_DEPTH} levels are allowed.`,
          );
        }
        on.element?.(name, attributes, names.length + 1, names);
        names.push(name);
        attributesOf.push(attributes);
      },
      ontext: (text) => on.text?.(names.at(-1) ?? '', text, names.length),
      onclosetag(name) {
        on.end?.(name, attributesOf.pop() ?? {}, names.length);
        names.pop();
      },
    },
    { xmlMode: true },
  );
  parser.end(new TextDecoder(bomEncoding(xml) ?? 'utf-8').decode(xml));
}

/** @returns the text of the first element of each name that has any, shortened to what a title may be */
export async function xmlText(xml: Uint8Array, wanted: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const done = new Set<string>();
  await readXml(xml, {
    text(within, text) {
      if (wanted.includes(within) && !done.has(within)) found[within] = (found[within] ?? '') + text;
    },
    end(name) {
      if (found[name]?.trim()) done.add(name);
    },
  });
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, text]) => {
      const title = text.replace(/\s+/g, ' ').trim().slice(0, 500);
      return title === '' ? [] : [[name, title]];
    }),
  );
}
