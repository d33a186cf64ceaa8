/** Options that come as texts (the fields of a form), turned into what the schema wants. The schema then checks them. */
import { CloudOptionsInput } from '@wordcloud/contracts';

const properties = CloudOptionsInput.properties as Record<string, { type?: string }>;

/**
 * A number that is none stays a text, so that the check can name it. An empty field is a field left out.
 *
 * @param fields names and texts; those that are no options are handed on, so that the check can refuse them
 */
export function optionsFromFields(fields: ReadonlyMap<string, string>): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [name, text] of fields) {
    const type = properties[name]?.type;
    if (text.trim() === '' && Object.hasOwn(properties, name)) continue;
    if (type === 'integer') options[name] = /^\s*[+-]?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : text;
    else if (type === 'array') options[name] = splitWords(text);
    else options[name] = text.trim();
  }
  return options;
}

/** Words separated by commas (of any script) or white space. */
function splitWords(text: string): string[] {
  return text.split(/[\s,，、;；]+/u).filter((word) => word !== '');
}
