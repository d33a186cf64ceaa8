/** wordcloud-seg: a text's bytes in, its words and their counts out. */
import Type, { type Static } from 'typebox';
import { CloudOptions } from './cloud-options.ts';
import { defineContract } from './operation.ts';
import { Nullable } from './task.ts';

const { lang, words, minLength, stopwords, dictionary, phrases, mergePlurals, numbers } = CloudOptions.properties;

export const CountedWord = Type.Object({
  word: Type.String(),
  count: Type.Integer(),
  pos: Nullable(Type.String()),
});
export type CountedWord = Static<typeof CountedWord>;

export const segContract = defineContract('wordcloud-seg', {
  segment: {
    method: 'POST',
    path: '/segment',
    summary: 'Recognises format, encoding and language, cuts into words, counts them',
    body: Type.Object(
      {
        content: Type.String({ contentEncoding: 'base64', description: 'The bytes of the text, base64' }),
        lang,
        words,
        minLength,
        stopwords,
        // Absent where an older maker asks: the defaults hold.
        dictionary: Type.Optional(dictionary),
        phrases: Type.Optional(phrases),
        mergePlurals: Type.Optional(mergePlurals),
        numbers: Type.Optional(numbers),
      },
      { additionalProperties: false },
    ),
    status: 200,
    reply: Type.Object({
      lang: Type.String({ description: 'BCP 47 code of the main language found' }),
      encoding: Nullable(Type.String({ description: 'Null for documents, which state it in themselves' })),
      tokens: Type.Integer(),
      words: Type.Array(CountedWord, { description: 'Most frequent first; ties in order of code points' }),
    }),
    errors: ['NOT_TEXT', 'EMPTY_TEXT', 'TOO_LARGE', 'OVERLOADED'],
    idempotent: true,
    timeoutMs: 30_000,
  },
});
