/** What a cloud is called whose text nobody has given a title: its beginning, cut where a reader would cut it. */

/** Columns of a line: a Chinese character takes two. */
const MOST_COLUMNS = 60;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** The first line or, when that is long, its first sentence or as many of its words as fit. */
export function titleOf(text: string): string {
  // Without the signs of a Markdown heading.
  const line = (text.trim().split(/\r?\n/, 1)[0] ?? '').replace(/^#+\s+/, '');
  const fitting = fit(line);
  if (fitting === line) return line;
  const sentence = /^.*?[^\s.].*?(?:[.!?…]+(?=\s)|[。！？])/u.exec(fitting)?.[0];
  if (sentence) return sentence.replace(/[.。]+$/u, '');
  // Between words where there are spaces, after a clause where there are none.
  const cut = Math.max(fitting.lastIndexOf(' '), fitting.search(/[，、；：][^，、；：]*$/u));
  return `${fitting.slice(0, cut > fitting.length / 3 ? cut : undefined).replace(/[\s,;:，、；：–-]+$/u, '')}…`;
}

function fit(line: string): string {
  let columns = 0;
  let end = 0;
  for (const sign of line) {
    columns += WIDE.test(sign) ? 2 : 1;
    if (columns > MOST_COLUMNS) break;
    end += sign.length;
  }
  return line.slice(0, end);
}
