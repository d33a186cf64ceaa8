/** What is said in subtitles: SubRip (`.srt`) and WebVTT (`.vtt`). */

const TIMES = /^\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[,.]\d{1,3}\s*-->/;
/** Blocks of WebVTT that are not shown. */
const NOT_SHOWN = /^(?:WEBVTT|NOTE|STYLE|REGION)(?:$|[ \t])/;
/** `<i>`, `<c.loud>`, `<v Name>`, `<00:01.000>` and the `{\an8}` of other players. */
const MARKUP = /<\/?[a-z\d][^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}/gi;
/** Captions that roll repeat their last line in the next cue, and have times within a line. */
const ROLLING = /<\d{2}:\d{2}(?::\d{2})?\.\d{3}>/;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '', quot: '"' };

/** @returns the lines of all cues, without numbers, times and markup */
export function subtitlesToText(source: string): string {
  const rolling = ROLLING.test(source);
  const spoken: string[] = [];
  for (const block of source
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .split(/\n[ \t]*\n/)) {
    const lines = block.replace(/^\n+/, '').split('\n');
    if (NOT_SHOWN.test(lines[0] ?? '')) continue;
    // A line break that is missing between cues leaves several in one block: each begins at its times.
    const starts = lines.flatMap((line, i) => (TIMES.test(line) ? [i] : []));
    const first = starts[0];
    const shown = lines.filter(
      (line, i) =>
        (first === undefined || i > first) &&
        !TIMES.test(line) &&
        !(/^\s*\d+\s*$/.test(line) && (starts.includes(i + 1) || lines.length === 1)),
    );
    for (const line of shown) {
      const said = line
        .replace(MARKUP, '')
        .replace(/&(\w{2,4});/g, (entity, name: string) => ENTITIES[name] ?? entity)
        .trim();
      if (said !== '' && !(rolling && said === spoken.at(-1))) spoken.push(said);
    }
  }
  return spoken.join('\n');
}
