/** Reading texts: is it one, in which encoding, and which words does it have how often. */
export { type ComparedWord, compareWords } from './compare-words.ts';
export { countWords, warmUp } from './count-words.ts';
export type { CountedWord } from './counter.ts';
export { decodeText, ENCODINGS, type Encoding } from './encodings.ts';
export { NotTextError } from './errors.ts';
export { type ExtractedText, extractText } from './formats/extract-text.ts';
export { type FileHint, FORMATS, type Format } from './formats/recognize-format.ts';
export { type UnreadableCode, UnreadableFileError } from './formats/unreadable-file-error.ts';
export { LANGUAGES, type Language } from './languages.ts';
export { createTextCheck, type TextCheck, type TextVerdict } from './text-check.ts';
export { COMPARISON_LEGEND, type WeighedWord, weighCompared } from './weigh-compared.ts';
export type { CountOptions, CountResult } from './word-filter.ts';
