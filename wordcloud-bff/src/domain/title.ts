/** Titles: what a word cloud is called, from a file's name or the first words of a text. Never part of a path. */
import { LIMITS } from '@wordcloud/contracts';

const UNTITLED = 'untitled';

/** Takes the last part of a path in either style, without control characters; `../../x` is called `x`. */
export function titleFromFileName(name: string | undefined): string {
  return clean(name?.split(/[/\\]/).at(-1) ?? '') || UNTITLED;
}

/** A title that a person gave, as it is but for control characters. */
export function titleFromUser(title: string): string {
  return clean(title) || UNTITLED;
}

/** The first words of a text. */
export function titleFromText(text: string): string {
  const signs = Array.from(clean(text.slice(0, 200).trim().split(/\r?\n/)[0] ?? ''));
  const start = signs.slice(0, 60).join('');
  return (signs.length > 60 ? `${start.trimEnd()}…` : start) || UNTITLED;
}

/** For files that are made of the text: the ending would say what they are not. */
export function titleWithoutEnding(title: string): string {
  return title.replace(/\.(txt|text|md|markdown|csv|tsv|srt|vtt|html?|xhtml|docx|epub|pdf)$/i, '') || 'wordcloud';
}

function clean(title: string): string {
  return Array.from(
    title
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
    .slice(0, LIMITS.title)
    .join('')
    .replace(/^\.+$/, '');
}
