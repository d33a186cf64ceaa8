/** Options that come as texts (the fields of a form), turned into what the schema wants. The schema then checks them. */
import { CloudOptionsInput } from '@wordcloud/contracts';

const properties = CloudOptionsInput.properties as Record<
  string,
  { type?: string | string[]; items?: { type?: string } }
>;

const NUMBER = /^\s*[+-]?\d+(\.\d+)?\s*$/;

/**
 * A number that is none stays a text, so that the check can name it. An empty field is a field left out.
 *
 * @param fields names and texts; those that are no options are handed on, so that the check can refuse them
 */
export function optionsFromFields(fields: ReadonlyMap<string, string>): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [name, text] of fields) {
    if (text.trim() === '' && Object.hasOwn(properties, name)) continue;
    options[name] = readField(name, text);
  }
  return options;
}

function readField(name: string, text: string): unknown {
  const { type, items } = (Object.hasOwn(properties, name) && properties[name]) || {};
  // Of what may be null, the first type is that of its values.
  switch (typeof type === 'object' ? type[0] : type) {
    case 'integer':
    case 'number':
      return toNumber(text);
    case 'boolean':
      return FLAGS.get(text.trim().toLowerCase()) ?? text;
    case 'array':
      if (items?.type === 'number') return splitWords(text).map(toNumber);
      return name === 'dictionary' ? splitTerms(text) : splitWords(text);
    default:
      return text.trim();
  }
}

/** As pages and programs write them; a checked box of a form is "on". */
const FLAGS = new Map([
  ...['true', 'on', '1'].map((text) => [text, true] as const),
  ...['false', 'off', '0'].map((text) => [text, false] as const),
]);

const toNumber = (text: string): number | string => (NUMBER.test(text) ? Number(text) : text);

/** Words and names, which may have spaces, separated by commas (of any script) or line ends. */
function splitTerms(text: string): string[] {
  return text
    .split(/[\r\n,，、;；]+/u)
    .map((term) => term.trim())
    .filter((term) => term !== '');
}

/** Words separated by commas (of any script) or white space. */
function splitWords(text: string): string[] {
  return text.split(/[\s,，、;；]+/u).filter((word) => word !== '');
}
