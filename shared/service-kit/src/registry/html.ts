/** Markup that has gone through `html`: what was put into it cannot break out of its place. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

/**
 * Template tag for HTML. Every value is escaped, for text and for quoted attributes; only `Html` is put in as it is. Not for values inside of
 * `<script>` or `<style>`, or for attributes without quotes.
 */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  return new Html(
    parts.reduce((before, part, index) => {
      const value = values[index - 1]!;
      return `${before}${typeof value === 'object' ? [value].flat().join('') : escapeHtml(String(value))}${part}`;
    }),
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}
