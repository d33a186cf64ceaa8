/** File names of what is downloaded: readable, allowed on every system, short enough to share. */

const MOST_CHARACTERS = 60;

/**
 * `<title>-wordcloud.<ending>`: the title without the ending of a text file and without what Windows, macOS, Linux or a
 * mail program do not take in a name.
 *
 * @param ending without a dot
 */
export function cloudFileName(title: string, ending: string): string {
  const base = title
    .normalize('NFC')
    .replace(/\.(txt|text|md|csv|log|srt|html?)$/i, '')
    // Control and invisible signs, halves of pairs, and what paths and shells use.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*#%&{}$!'`@+=^~[\]();,]/gu, ' ')
    .trim()
    .replace(/[\s.·…_-]+/gu, '-');
  const short = [...base]
    .slice(0, MOST_CHARACTERS)
    .join('')
    .replace(/^-+|-+$/g, '');
  return short === '' ? `wordcloud.${ending}` : `${short}-wordcloud.${ending}`;
}
