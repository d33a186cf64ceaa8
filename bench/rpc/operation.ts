/** The one operation that everybody serves and calls: small, and with next to nothing to do. */
import { defineContract } from '@wordcloud/contracts';
import Type, { type Static } from 'typebox';

const Body = Type.Object(
  {
    text: Type.String({ maxLength: 1_000 }),
    lang: Type.String({ maxLength: 35 }),
    top: Type.Integer({ minimum: 1, maximum: 100 }),
  },
  { additionalProperties: false },
);
const Reply = Type.Object({
  lang: Type.String(),
  tokens: Type.Integer(),
  words: Type.Array(Type.Object({ word: Type.String(), count: Type.Integer() })),
});

/** A contract of the benchmark's own, under a name that contracts know. */
export const benchContract = defineContract('wordcloud-seg', {
  count: {
    method: 'POST',
    path: '/count',
    summary: 'Counts words',
    body: Body,
    status: 200,
    reply: Reply,
    errors: ['OVERLOADED'],
    idempotent: true,
    quick: true,
    timeoutMs: 10_000,
  },
});

/** The same for Moleculer's validator. */
export const MOLECULER_PARAMS = {
  $$strict: true,
  text: { type: 'string', max: 1_000 },
  lang: { type: 'string', max: 35 },
  top: { type: 'number', integer: true, min: 1, max: 100 },
} as const;

export const SERVICE_TOKEN = 'token-of-the-benchmark-0123456789';
export const REQUEST: Static<typeof Body> = {
  text: 'It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness',
  lang: 'en',
  top: 5,
};

const WORDS = ['times', 'age', 'wisdom', 'foolishness', 'best', 'worst', 'epoch', 'belief'];

/** Says what it would say after counting; the time of the counting itself is not what is compared here. */
export function answer({ text, lang, top }: Static<typeof Body>): Static<typeof Reply> {
  return { lang, tokens: text.length, words: WORDS.slice(0, top).map((word, i) => ({ word, count: 9 - i })) };
}

/** @throws Error when an answer is not the right one: then nothing that was measured counts */
export function checkAnswer(reply: unknown): void {
  const { tokens, words } = reply as Static<typeof Reply>;
  if (tokens !== REQUEST.text.length || words.length !== REQUEST.top) throw new Error('a wrong answer');
}
