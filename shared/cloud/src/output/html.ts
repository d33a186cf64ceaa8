/** A page that needs nothing but itself: the SVG, whose words tell their count and share, and the same words as a table. */
import { createHash } from 'node:crypto';
import { CloudError } from '../errors.ts';
import type { DrawnLayout } from '../make-cloud.ts';
import { encodeSvg, escapeXml } from '../svg.ts';
import { LABELS, SCRIPT, STYLE } from './html-parts.ts';

export interface HtmlOptions {
  /** Default `Word cloud`, in the page's language. */
  title?: string;
  /** Language of what is not a word of the cloud; default `en`. */
  lang?: keyof typeof LABELS;
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
/** Only the style and the script of this module, and only images that are in the page: emoji. */
const POLICY = `default-src 'none'; img-src data:; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;

/**
 * Without scripts the words keep their titles, and the table. Shares are of the counts of all words in the picture.
 *
 * @param layout what `makeCloud` or `drawLayout` gave
 * @throws CloudError INVALID_OPTION
 */
export function encodeHtml(layout: DrawnLayout, { title, lang = 'en' }: HtmlOptions = {}): string {
  if (!Object.hasOwn(LABELS, lang)) {
    const allowed = `one of ${Object.keys(LABELS).join(', ')}`;
    throw new CloudError('INVALID_OPTION', `lang: got ${JSON.stringify(lang)}; allowed is ${allowed}.`);
  }
  const { placed, skipped } = layout;
  const labels = LABELS[lang];
  const heading = escapeXml(title ?? labels.title);
  const total = placed.reduce((sum, { weight }) => sum + weight, 0);
  // A table has its own direction for each word: Arabic among others must not turn the row around.
  const rows = placed.map(
    ({ word, weight }) =>
      `<tr><td dir="auto">${escapeXml(word)}</td><td>${weight}</td><td>${percent(weight / total)}</td></tr>`,
  );
  const missing = skipped.map(({ word }) => `<bdi>${escapeXml(word)}</bdi>`).join(', ');
  return `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<title>${heading}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${heading}</h1>
<p hidden>${labels.hint}</p>
<div class="picture">
${encodeSvg(layout)}<div class="tip" aria-hidden="true" hidden></div>
</div>
<details>
<summary>${labels.table} (${placed.length})</summary>
<table>
<thead><tr><th scope="col">${labels.word}</th><th scope="col">${labels.count}</th><th scope="col">${labels.share}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
${missing && `<h2>${labels.skipped} (${skipped.length})</h2>\n<div>${missing}</div>\n`}</details>
</main>
<script type="module">${SCRIPT}</script>
</body>
</html>
`;
}

/** Two digits at least: 12.3 %, 1.23 %, 0.0123 %. */
const percent = (share: number): string => `${Number((share * 100).toPrecision(3))}\u202f%`;
