/** A setting that names pages elsewhere. */
import { type Base, type Setting, setting } from './settings.ts';

export interface NamedLink {
  name: string;
  url: string;
}

/** Names and addresses: `Grafana=http://localhost:3000`, separated by commas. */
export function namedLinks(base: Base<string>): Setting<readonly NamedLink[]> {
  const allowed = 'a name and its address, like Grafana=http://localhost:3000; several separated by commas';
  return { ...setting(base, allowed, String), parse };
}

function parse(text: string): readonly NamedLink[] | undefined {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const links = words.map((word) => {
    const [, name = '', url = ''] = /^([^=]+)=(https?:\/\/.+)$/.exec(word) ?? [];
    return URL.canParse(url) ? { name: name.trim(), url } : undefined;
  });
  return links.some((link) => link === undefined) ? undefined : (links as NamedLink[]);
}
