/** A task as its owner sees it: the shape that the bff's API promises. */
import Type, { type Static, type TSchema } from 'typebox';
import { CloudOptions } from './cloud-options.ts';

export const TASK_STATUSES = ['waiting', 'processing', 'succeeded', 'failed'] as const;
export const TaskStatus = Type.Enum([...TASK_STATUSES]);
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const TASK_STAGES = ['queued', 'reading', 'segmenting', 'layout', 'drawing', 'storing', 'done'] as const;
export const TaskStage = Type.Enum([...TASK_STAGES]);
export type TaskStage = (typeof TASK_STAGES)[number];

export const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** A moment, as ISO 8601 in UTC with milliseconds. */
export const Timestamp = Type.String({ description: 'ISO 8601, UTC', examples: ['2026-11-20T15:00:00.000Z'] });

/** UUID version 7: made by us, sorts by time. */
export const TaskId = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });

export const Progress = Type.Object({ stage: TaskStage, percent: Type.Integer({ minimum: 0, maximum: 100 }) });
export type Progress = Static<typeof Progress>;

export const TaskStats = Type.Object({
  tokens: Type.Integer({ description: 'Words in the text, or in both that are compared, stop words and all' }),
  distinct: Type.Integer({ description: 'Different words counted' }),
  placed: Type.Integer({ description: 'Words drawn' }),
  fill: Type.Number({ description: 'Share of the shape covered by ink, 0 to 1' }),
  ms: Type.Object({
    segment: Type.Number(),
    layout: Type.Number(),
    draw: Type.Number(),
    total: Type.Number(),
  }),
});
export type TaskStats = Static<typeof TaskStats>;

export const TaskError = Type.Object({ code: Type.String(), detail: Type.String() });
export type TaskError = Static<typeof TaskError>;

/** What every view of a task has in common. */
const common = {
  id: TaskId,
  title: Type.String(),
  status: TaskStatus,
  progress: Progress,
  lang: Nullable(Type.String({ description: 'BCP 47; null before it is known' })),
  options: CloudOptions,
  source: Type.Object({ bytes: Type.Integer(), encoding: Nullable(Type.String()) }),
  comparedWith: Nullable(Type.String({ description: 'What a second text is called that this one is compared with' })),
  stats: Nullable(TaskStats),
  error: Nullable(TaskError),
  attempts: Type.Integer(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  finishedAt: Nullable(Timestamp),
};

/** What the task service keeps and shows to other services: with the owner, and object keys instead of addresses. */
export const TaskRecord = Type.Object({
  ...common,
  ownerId: Type.String(),
  sourceKey: Type.String({ description: 'Object key of the text' }),
  compareKey: Nullable(Type.String({ description: 'Object key of the second text' })),
  maskKey: Nullable(Type.String({ description: 'Object key of the mask image' })),
  previewKey: Nullable(Type.String({ description: 'Object key of a small picture, while the large one is painted' })),
  result: Nullable(
    Type.Object({
      png: Type.String({ description: 'Object key' }),
      svg: Type.String({ description: 'Object key' }),
      words: Type.String({ description: 'Object key of the counted words as JSON' }),
      layout: Nullable(
        Type.String({ description: 'Object key of the layout; null for pictures from before layouts were kept' }),
      ),
      width: Type.Integer(),
      height: Type.Integer(),
    }),
  ),
});
export type TaskRecord = Static<typeof TaskRecord>;

/** What the API shows. */
export const Task = Type.Object({
  ...common,
  hasMask: Type.Boolean({ description: 'An image of its owner gives its outline, instead of `options.shape`' }),
  preview: Nullable(
    Type.String({ description: 'Address of a small picture, while a large one is painted; null before and after' }),
  ),
  image: Nullable(
    Type.Object({ png: Type.String(), svg: Type.String(), width: Type.Integer(), height: Type.Integer() }),
  ),
});
export type Task = Static<typeof Task>;

/** One counted word, as `GET /api/wordclouds/:id/words` lists it. */
export const WordRow = Type.Object({
  word: Type.String(),
  count: Type.Integer({ description: 'Of two texts that are compared: in the first' }),
  pos: Nullable(Type.String({ description: 'Part of speech, where the language has a tagger' })),
  weight: Type.Number({
    description: 'Count divided by the largest count; where two texts are compared, of the mean frequency',
  }),
  placed: Type.Boolean({ description: 'Drawn in the picture' }),
  other: Type.Optional(Type.Integer({ description: 'How often in the second text, where two are compared' })),
  logRatio: Type.Optional(
    Type.Number({
      description:
        'Binary logarithm of how many times more frequent it is in the first text than in the second; 1 is twice, -1 half',
    }),
  ),
});
export type WordRow = Static<typeof WordRow>;
