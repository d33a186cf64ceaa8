/** wordcloud-maker: text in, word cloud out. */
import Type, { type Static } from 'typebox';
import { CloudOptions } from './cloud-options.ts';
import { defineContract } from './operation.ts';
import { Nullable, TaskId, TaskStats } from './task.ts';

/** What a made picture is described by: what the task then keeps. */
export const MakeReply = Type.Object({
  lang: Type.String(),
  encoding: Nullable(Type.String({ description: 'Null for documents, which state it in themselves' })),
  result: Type.Object({
    png: Type.String(),
    svg: Type.String(),
    words: Type.String(),
    layout: Type.Optional(Type.String({ description: 'Absent where an older maker answers' })),
    width: Type.Integer(),
    height: Type.Integer(),
  }),
  stats: TaskStats,
});
export type MakeReply = Static<typeof MakeReply>;

/** What is made of a picture on the first wish for it; `text.svg`: SVG with real text and its fonts. */
export const ENCODED_FORMATS = ['pdf', 'webp', 'html', 'text.svg'] as const;
export type EncodedFormat = (typeof ENCODED_FORMATS)[number];

export const makerContract = defineContract('wordcloud-maker', {
  make: {
    method: 'POST',
    path: '/make',
    summary:
      'Makes the picture of one attempt: reads, asks seg, lays out, draws, stores, reporting progress to the task service',
    body: Type.Object(
      {
        taskId: TaskId,
        attempt: Type.Integer({ minimum: 1 }),
        sourceKey: Type.String(),
        maskKey: Nullable(Type.String()),
        compareKey: Type.Optional(Type.String({ description: 'Of a second text that the first is compared with' })),
        options: CloudOptions,
      },
      { additionalProperties: false },
    ),
    status: 200,
    reply: MakeReply,
    errors: [
      'INVALID_INPUT',
      'EMPTY_TEXT',
      'NOT_TEXT',
      'TOO_LARGE',
      'BAD_MASK',
      'NO_DRAWABLE_WORDS',
      'STALE_ATTEMPT',
      'NO_INSTANCE',
      'OVERLOADED',
      'UNAVAILABLE',
    ],
    idempotent: true,
    timeoutMs: 120_000,
    // A picture of a whole book takes long on any instance; one that hangs is found out by gossip.
    attemptTimeoutMs: 120_000,
  },
  encode: {
    method: 'POST',
    path: '/encode',
    summary: 'Makes one more format of a finished picture and stores it beside the others',
    body: Type.Object(
      {
        taskId: TaskId,
        ownerId: Type.String({ minLength: 1, maxLength: 64 }),
        key: Type.String({ description: 'Object key of the layout, for webp of the PNG; the new one lies beside it' }),
        format: Type.Enum([...ENCODED_FORMATS]),
        title: Type.String({ description: 'What PDF and HTML are called' }),
        lang: Nullable(Type.String({ description: 'Language of the text: that of the page, if it has that' })),
      },
      { additionalProperties: false },
    ),
    status: 204,
    errors: ['INVALID_INPUT', 'NOT_FOUND', 'NO_LAYOUT', 'OVERLOADED', 'UNAVAILABLE'],
    idempotent: true,
    timeoutMs: 60_000,
  },
});
