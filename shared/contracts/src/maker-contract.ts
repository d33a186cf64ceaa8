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
    width: Type.Integer(),
    height: Type.Integer(),
  }),
  stats: TaskStats,
});
export type MakeReply = Static<typeof MakeReply>;

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
        options: CloudOptions,
      },
      { additionalProperties: false },
    ),
    status: 200,
    reply: MakeReply,
    errors: [
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
});
